// A book as a Beancount file. Accounts get names that Beancount allows (a root by their type, each part with a capital and
// without signs); their codes and own names stand beside them, as do what entries are called and of which kind they are.
import type { AccountType } from '#ledger/domain/account.ts';
import { type WrittenBook, type WrittenEntry, writtenAmount } from './written-book.ts';

const ROOTS: Readonly<Record<AccountType, string>> = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
};

interface Names {
  readonly accounts: ReadonlyMap<number, string>;
  /** The book's units under names that Beancount allows. */
  unit(code: string): string;
}

/** The file in pieces. @param entries in batches, in order of their dates */
export async function* writeBeancount(
  book: WrittenBook,
  entries: AsyncIterable<readonly WrittenEntry[]>,
): AsyncGenerator<string> {
  const names = namesOf(book);
  yield heading(book, names);
  for await (const batch of entries) {
    yield batch.map((entry) => entryText(entry, names, book.currency)).join('');
  }
}

function heading(book: WrittenBook, names: Names): string {
  const { accounts, currency, name, position, rates, startDate, units } = book;
  return [
    `; Ledger position ${position}`,
    `option "title" ${quoted(name)}`,
    `option "operating_currency" "${currency}"`,
    `${startDate} commodity ${currency}`,
    ...units.map(({ code }) => `${startDate} commodity ${names.unit(code)}`),
    ...accounts.map(
      ({ code, id, path }) =>
        `${startDate} open ${names.accounts.get(id)}\n  code: ${quoted(code)}\n  path: ${quoted(path)}`,
    ),
    ...rates.map(({ date, rate, unit }) => `${date} price ${names.unit(unit)} ${rate} ${currency}`),
    '\n',
  ].join('\n');
}

function entryText(entry: WrittenEntry, names: Names, currency: string): string {
  const { closing, date, description, lines, reference } = entry;
  // A reversal is told by its lines; that of a closing entry counts with closing entries.
  const kind = closing ? 'closing' : entry.kind === 'reversal' ? 'ordinary' : entry.kind;
  const postings = lines.map((line) => {
    const words = line.memo === '' ? '' : `\n    memo: ${quoted(line.memo)}`;
    const amount = writtenAmount(line, currency, names.unit);
    return `  ${names.accounts.get(line.account)}  ${amount}${words}\n`;
  });
  return [
    `${date} * ${quoted(description)}\n`,
    ...(kind === 'ordinary' ? [] : [`  kind: "${kind}"\n`]),
    ...(reference === '' ? [] : [`  reference: ${quoted(reference)}\n`]),
    ...postings,
    '\n',
  ].join('');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function namesOf({ accounts, currency, units }: WrittenBook): Names {
  const taken = new Set<string>();
  const once = (name: string, suffix: string): string => {
    const own = taken.has(name) ? `${name}${suffix}` : name;
    taken.add(own);
    return own;
  };
  const accountNames = new Map(
    accounts.map(({ code, id, path, type }) => [
      id,
      once(accountName(path, type), `-${part(code)}`),
    ]),
  );
  taken.clear();
  taken.add(currency);
  const unitNames = new Map(
    units.map(({ code }, at) => [code, once(unitName(code), `X${at + 1}`)]),
  );
  return { accounts: accountNames, unit: (code) => unitNames.get(code) ?? unitName(code) };
}

/** `Assets:Bank:Current-account`: the root is that of the type. */
function accountName(path: string, type: AccountType): string {
  const parts = path.split(':').map(part);
  const root = ROOTS[type];
  return [root, ...(parts[0] === root && parts.length > 1 ? parts.slice(1) : parts)].join(':');
}

/** Letters, digits and hyphens, a capital or a digit first. */
function part(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  const first = plain.charAt(0).toUpperCase();
  return /^[\p{Lu}\p{N}]/u.test(first) ? first + plain.slice(1) : `X${plain}`;
}

/** Two to 24 capitals, digits and some signs, a capital first, a capital or digit last. */
function unitName(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9'._-]/g, 'X');
  const first = /^[A-Z]/.test(plain) ? plain : `X${plain}`;
  const last = /[A-Z0-9]$/.test(first) ? first : `${first}X`;
  return last.length > 1 ? last : `${last}X`;
}
