// A book as a Beancount file. Accounts get names that Beancount allows (a root by their type, each part with a capital and
// without signs); their codes and own names stand beside them as metadata, as do what entries are called, of which kind they
// are and which number they had.
import type { AccountType } from '#ledger/domain/account.ts';
import { isCurrencyCode } from '#ledger/domain/currency.ts';
import { detailsText, kindToWrite, LONGEST_REFERENCE, uniqueNames } from './own-text.ts';
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
    `; Ledger position ${position}. code, path and name are what the book calls an account or a commodity.`,
    `option "title" ${quoted(name)}`,
    `option "operating_currency" "${currency}"`,
    `${startDate} commodity ${currency}`,
    ...units.map(
      ({ code, decimals }) =>
        `${startDate} commodity ${names.unit(code)}\n  code: ${quoted(code)}\n  decimals: ${decimals}`,
    ),
    ...accounts.map((account) => accountText(account, names.accounts.get(account.id)!, startDate)),
    ...rates.map(({ date, rate, unit }) => `${date} price ${names.unit(unit)} ${rate} ${currency}`),
    '\n',
  ].join('\n');
}

function accountText(
  { closed, code, name, path }: WrittenBook['accounts'][number],
  written: string,
  startDate: string,
): string {
  return [
    `${startDate} open ${written}`,
    `  code: ${quoted(code)}`,
    ...(path === written ? [] : [`  path: ${quoted(path)}`]),
    `  name: ${quoted(name)}`,
    ...(closed ? ['  closed: TRUE'] : []),
  ].join('\n');
}

function entryText(entry: WrittenEntry, names: Names, currency: string): string {
  const { date, description, lines, number, recordedAt, reference, reverses } = entry;
  const kind = kindToWrite(entry);
  const postings = lines.map((line) => {
    const words = line.memo === '' ? '' : `\n    memo: ${quoted(line.memo)}`;
    const amount = writtenAmount(line, currency, names.unit);
    const more = line.details ? `\n    details: ${quoted(detailsText(line.details))}` : '';
    return `  ${names.accounts.get(line.account)}  ${amount}${words}${more}\n`;
  });
  const link = /^[A-Za-z0-9/._-]+$/.test(reference) && reference.length <= LONGEST_REFERENCE;
  return [
    `${date} * ${quoted(description)}${link ? ` ^${reference}` : ''}\n`,
    `  number: ${number}\n`,
    ...(reverses === null ? [] : [`  reverses: ${reverses}\n`]),
    `  recorded: "${recordedAt}"\n`,
    ...(kind === 'ordinary' ? [] : [`  kind: "${kind}"\n`]),
    ...(reference === '' || link ? [] : [`  reference: ${quoted(reference)}\n`]),
    ...postings,
    '\n',
  ].join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const quoted = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replace(/[\n\r\t]/g, (sign) => ESCAPES[sign]!)}"`;

function namesOf({ accounts, currency, units }: WrittenBook): Names {
  const unitNames = new Map<string, string>();
  const taken = new Set<string>([currency]);
  for (const [at, { code }] of units.entries()) {
    let name = unitName(code);
    // Currencies have their own names, which no commodity may take.
    while (taken.has(name) || (isCurrencyCode(name) && name !== code)) name += `X${at + 1}`;
    taken.add(name);
    unitNames.set(code, name);
  }
  return {
    accounts: uniqueNames(accounts, accountName, ({ code }) => `-${part(code)}`),
    unit: (code) => unitNames.get(code) ?? unitName(code),
  };
}

/** `Assets:Bank:Current-account`: the root is that of the type, and something stands below it. */
function accountName({ path, type }: { readonly path: string; readonly type: AccountType }) {
  const parts = path.split(':').map(part);
  const root = ROOTS[type];
  return [root, ...(parts[0] === root && parts.length > 1 ? parts.slice(1) : parts)].join(':');
}

/** Letters, digits and hyphens, a capital or a digit first. Beancount 2 knows no letters beyond U+FFFF. */
function part(text: string): string {
  const plain = text
    .replace(/[^\p{L}\p{Nd}]+|[\u{10000}-\u{10ffff}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const first = plain.charAt(0).toUpperCase();
  return /^[\p{Lu}\p{Nd}]\p{L}*$/u.test(first) ? first + plain.slice(1) : `X${plain}`;
}

/** Two to 24 capitals, digits and some signs, a capital first, a capital or digit last. */
function unitName(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9'._-]/g, 'X');
  const first = /^[A-Z]/.test(plain) ? plain : `X${plain}`;
  const last = /[A-Z0-9]$/.test(first) ? first : `${first}X`;
  return last.length > 1 ? last : `${last}X`;
}
