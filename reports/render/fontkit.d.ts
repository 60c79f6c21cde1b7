// fontkit ships no types; this is the part that is used here.
declare module 'fontkit' {
  export function create(bytes: Uint8Array): {
    layout(
      text: string,
      features?: Readonly<Record<string, boolean>>,
    ): {
      glyphs: readonly {
        readonly id: number;
        readonly advanceWidth: number;
        readonly codePoints: readonly number[];
      }[];
      positions: readonly {
        xAdvance: number;
        yAdvance: number;
        xOffset: number;
        yOffset: number;
      }[];
    };
    readonly unitsPerEm: number;
  };
}
