// The lines of a text that comes in chunks, numbered from 1.

export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** Lines without their ends; memory holds one chunk and one line. */
export async function* textLines(text: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let rest = '';
  let number = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield { number: ++number, text: line.replace(/\r$/, '') };
  }
  if (rest !== '') yield { number: ++number, text: rest.replace(/\r$/, '') };
}
