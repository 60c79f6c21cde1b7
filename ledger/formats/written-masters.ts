// What an audit file says of a book before its entries: the company, what the entries come to, and whom and what they name.

export interface WrittenMasters {
  readonly company: {
    /** Empty where the book doesn't say. */
    readonly legalName: string;
    readonly registrationNumber: string;
    readonly address: string;
  };
  /** Today in the book's time zone. */
  readonly writtenOn: string;
  /** First and last day of the file: those of the book and its entries. */
  readonly from: string;
  readonly to: string;
  readonly entries: number;
  /** Sums of all lines by side, decimal text in the base currency. */
  readonly debit: string;
  readonly credit: string;
  /** By the account's id: its closing balance as decimal text, debit positive. */
  readonly standing: ReadonlyMap<
    number,
    { readonly balance: string; readonly controls: 'receivables' | 'payables' | null }
  >;
  readonly parties: readonly {
    readonly code: string;
    readonly name: string;
    readonly closed: boolean;
    /** Of every account of which lines name it; decimal text, debit positive. */
    readonly balances: readonly { readonly account: number; readonly balance: string }[];
  }[];
  readonly dimensions: readonly {
    readonly code: string;
    readonly name: string;
    readonly values: readonly {
      readonly code: string;
      readonly name: string;
      readonly closed: boolean;
      readonly parent: string | null;
    }[];
  }[];
  readonly taxCodes: readonly {
    readonly code: string;
    readonly name: string;
    readonly kind: 'output' | 'input';
    /** Code of the account that the tax is posted to. */
    readonly account: string;
    readonly baseBox: string;
    readonly taxBox: string;
    readonly closed: boolean;
    /** Per cent, the newest first. */
    readonly rates: readonly { readonly from: string; readonly rate: string }[];
  }[];
}
