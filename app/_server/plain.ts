// What a server action sends to the browser: plain JSON. Amounts (`bigint`) become decimal strings.

export type Plain<T> = T extends bigint
  ? string
  : T extends Date
    ? string
    : T extends readonly (infer U)[]
      ? Plain<U>[]
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** A copy of the value as plain JSON. */
export const plain = <T>(value: T): Plain<T> =>
  value === undefined
    ? (value as Plain<T>)
    : JSON.parse(
        JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)),
      );
