// A way in which a report's arithmetic could be wrong: in a file of reports/catalogue/, or of what it reads of ledger/domain/, one
// text in place of another that stands there exactly once.

export interface WrongWay {
  readonly file: string;
  /** What it does to the figures. */
  readonly what: string;
  readonly right: string;
  readonly wrong: string;
}

/** Ways of one file: what each does to the figures, the right text, the wrong one. */
export const of = (
  file: string,
  ways: readonly (readonly [string, string, string])[],
): WrongWay[] =>
  ways.map(([what, right, wrong]) => ({
    file: file.includes('/') ? `${file}.ts` : `reports/catalogue/${file}.ts`,
    what,
    right,
    wrong,
  }));
