// A book as an hledger journal that hledger, and Daybook's own reader, take back: accounts with their types and codes,
// rates, entries with their kinds. What the format would take for something else is written with a look-alike sign.
import type { AccountType } from '#ledger/domain/account.ts';
import { hasPostingDate } from './journal-posting.ts';
import { type WrittenBook, type WrittenEntry, writtenAmount } from './written-book.ts';

const TYPE_LETTERS: Readonly<Record<AccountType, string>> = {
  asset: 'A',
  liability: 'L',
  equity: 'E',
  income: 'R',
  expense: 'X',
};

/** The file in pieces. @param entries in batches, in order of their dates */
export async function* writeHledger(
  book: WrittenBook,
  entries: AsyncIterable<readonly WrittenEntry[]>,
): AsyncGenerator<string> {
  const names = accountNames(book);
  yield heading(book, names);
  for await (const batch of entries) {
    yield batch.map((entry) => entryText(entry, names, book.currency)).join('');
  }
}

function heading(book: WrittenBook, names: ReadonlyMap<number, string>): string {
  const { accounts, currency, exponent, name, position, rates, units } = book;
  const sample = (decimals: number) => (decimals === 0 ? '1000.' : `1000.${'0'.repeat(decimals)}`);
  return [
    `; ${oneLine(name)}, ledger position ${position}`,
    'decimal-mark .',
    `commodity ${sample(exponent)} ${currency}`,
    ...units.map(({ code, decimals }) => `commodity ${sample(decimals)} ${commodity(code)}`),
    ...accounts.map(
      ({ code, id, type }) =>
        `account ${names.get(id)}  ; type: ${TYPE_LETTERS[type]}, code: ${code}`,
    ),
    ...rates.map(({ date, rate, unit }) => `P ${date} ${commodity(unit)} ${rate} ${currency}`),
    '\n',
  ].join('\n');
}

function entryText(
  { closing, date, description, kind, lines, reference }: WrittenEntry,
  names: ReadonlyMap<number, string>,
  currency: string,
): string {
  const said = description.replaceAll(';', '；');
  // Without a reference, what begins like one, or like a mark, would be taken for it.
  const code = reference !== '' || /^[(*!]/.test(said) ? `(${codeText(reference)}) ` : '';
  // A reversal is told by its lines; that of a closing entry counts with closing entries.
  const own = closing ? 'closing' : kind === 'reversal' ? 'ordinary' : kind;
  const tag = own === 'ordinary' ? '' : `  ; kind: ${own}`;
  const postings = lines.map((line) => {
    const words = line.memo === '' ? '' : `  ; ${memoText(line.memo)}`;
    const amount = writtenAmount(line, currency, commodity);
    return `    ${names.get(line.account)}  ${amount}${words}\n`;
  });
  return `${date} ${code}${said}${tag}\n${postings.join('')}\n`;
}

const commodity = (unit: string): string => (/^[\p{L}\p{Sc}]+$/u.test(unit) ? unit : `"${unit}"`);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const codeText = (reference: string): string =>
  reference.replaceAll(')', '）').replaceAll(';', '；');
/** Dates in a comment would give the line a day of its own. */
const memoText = (memo: string): string =>
  hasPostingDate(memo) ? memo.replaceAll(':', '：').replaceAll('[', '［') : memo;

/** A name for each account that the format takes, each of them once. */
function accountNames({ accounts }: WrittenBook): Map<number, string> {
  const taken = new Set<string>();
  return new Map(
    accounts.map(({ code, id, path }) => {
      const plain = oneLine(path)
        .replaceAll(';', '；')
        .replace(/^[([<*!]/, (sign) => LOOK_ALIKE[sign]!);
      const name = taken.has(plain) ? `${plain} ${code}` : plain;
      taken.add(name);
      return [id, name];
    }),
  );
}

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '(': '（',
  '[': '［',
  '<': '＜',
  '*': '＊',
  '!': '！',
};
