// A book as an hledger journal that hledger, and Daybook's own reader, take back: accounts with their types and codes,
// rates, entries with their kinds and numbers. What the format would take for something else is written with a look-alike
// sign, and once more exactly, in a comment that the reader knows.
import type { AccountType } from '#ledger/domain/account.ts';
import {
  detailsText,
  exactText,
  inOneLine,
  kindToWrite,
  LONGEST_DESCRIPTION,
  LONGEST_REFERENCE,
  uniqueNames,
} from './own-text.ts';
import { type WrittenBook, type WrittenEntry, writtenAmount } from './written-book.ts';

const TYPE_LETTERS: Readonly<Record<AccountType, string>> = {
  asset: 'A',
  liability: 'L',
  equity: 'E',
  income: 'R',
  expense: 'X',
};

/** Assets that hledger's cash flow statement is about. */
const CASH = 'C';

/** The file in pieces. @param entries in batches, in order of their dates */
export async function* writeHledger(
  book: WrittenBook,
  entries: AsyncIterable<readonly WrittenEntry[]>,
): AsyncGenerator<string> {
  const names = uniqueNames(book.accounts, accountName, ({ code }) => ` ${code}`);
  yield heading(book, names);
  for await (const batch of entries) {
    yield batch.map((entry) => entryText(entry, names, book.currency)).join('');
  }
}

function heading(book: WrittenBook, names: ReadonlyMap<number, string>): string {
  const { accounts, currency, exponent, name, position, rates, units } = book;
  const sample = (decimals: number) => (decimals === 0 ? '1000.' : `1000.${'0'.repeat(decimals)}`);
  return [
    `; ${inOneLine(name)}, ledger position ${position}`,
    'decimal-mark .',
    `commodity ${sample(exponent)} ${currency}`,
    ...units.map(({ code, decimals }) => `commodity ${sample(decimals)} ${commodity(code)}`),
    ...accounts.map((account) => accountText(account, names.get(account.id)!)),
    ...rates.map(({ date, rate, unit }) => `P ${date} ${commodity(unit)} ${rate} ${currency}`),
    '\n',
  ].join('\n');
}

function accountText(account: WrittenBook['accounts'][number], written: string): string {
  const { closed, code, isCash, name, path, type } = account;
  const letter = isCash && type === 'asset' ? CASH : TYPE_LETTERS[type];
  const tags = `type: ${letter}, code: ${code}${closed ? ', closed: yes' : ''}`;
  return [
    `account ${written}  ; ${tags}`,
    ...(path === written ? [] : [`    ; path: ${exactText(path)}`]),
    ...(name === path.slice(path.lastIndexOf(':') + 1) ? [] : [`    ; name: ${exactText(name)}`]),
  ].join('\n');
}

function entryText(
  entry: WrittenEntry,
  names: ReadonlyMap<number, string>,
  currency: string,
): string {
  const { date, description, lines, number, recordedAt, reference, reverses } = entry;
  const said = inOneLine(description).replaceAll(';', '；');
  const code = inOneLine(reference).replaceAll(')', '）').replaceAll(';', '；');
  // Without a reference, what begins like one, or like a mark, would be taken for it.
  const before = code !== '' || /^[(*!=]/.test(said) ? `(${code}) ` : '';
  const kind = kindToWrite(entry);
  const tag = kind === 'ordinary' ? '' : `  ; kind: ${kind}`;
  const whole = said === description && said.length <= LONGEST_DESCRIPTION;
  const wholeCode = code === reference && code.length <= LONGEST_REFERENCE;
  const origin = `number: ${number}, recorded: ${recordedAt}`;
  const postings = lines.map((line) => {
    const words = line.memo === '' ? '' : `  ; ${memoText(line.memo)}`;
    const amount = writtenAmount(line, currency, commodity);
    const more = line.details ? `    ; details: ${exactText(detailsText(line.details))}\n` : '';
    return `    ${names.get(line.account)}  ${amount}${words}\n${more}`;
  });
  return [
    `${date} ${before}${said}${tag}\n`,
    `    ; ${origin}${reverses === null ? '' : `, reverses: ${reverses}`}\n`,
    ...(whole ? [] : [`    ; description: ${exactText(description)}\n`]),
    ...(wholeCode ? [] : [`    ; reference: ${exactText(reference)}\n`]),
    ...postings,
    '\n',
  ].join('');
}

const commodity = (unit: string): string => (/^[\p{L}\p{Sc}]+$/u.test(unit) ? unit : `"${unit}"`);

/** A date in a comment, even a wrong one, would be the line's own; `memo:` begins an exact text. */
const memoText = (memo: string): string =>
  memo !== inOneLine(memo) || /\[|date2?:|^memo:/i.test(memo) ? `memo: ${exactText(memo)}` : memo;

/** Single spaces between words, no comment's sign, and first nothing that marks a line of another kind. */
const accountName = ({ path }: { readonly path: string }): string =>
  inOneLine(path)
    .replace(/\s+/g, ' ')
    .replaceAll(';', '；')
    .replace(/^[([<*!#=~@]/, (sign) => String.fromCharCode(sign.charCodeAt(0) + FULL_WIDTH));

/** From a sign of ASCII to the same sign as wide as a letter of Chinese. */
const FULL_WIDTH = 0xfee0;
