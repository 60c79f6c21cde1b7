// The journal that a book is filled with: so many postings over so many months as an import reads them, made as they
// are sent. A fixed seed: every run has the same entries (on days counted back from today).
import {
  addDays,
  addMonths,
  type CalendarDate,
  firstDay,
  lastDay,
  type Month,
} from '#ledger/domain/calendar.ts';
import { type Chance, chanceFrom } from '#server/demo/random.ts';

export interface JournalShape {
  readonly postings: number;
  readonly months: readonly Month[];
  /** Codes of the accounts that are posted to. */
  readonly accounts: readonly string[];
  /** Another seed, other entries: the same file twice would be refused. */
  readonly seed: number;
}

const HEADER = 'date,reference,description,account,debit,credit\n';
const CHUNK_ROWS = 5_000;
const TEXTS = ['Goods sold', 'Goods bought', 'Rent', 'Salaries', 'Carriage', 'Bank charges'];

/** So many whole months before the month of a day. */
export const monthsBefore = (today: CalendarDate, count: number): Month[] => {
  const now = today.slice(0, 7) as Month;
  return Array.from({ length: count }, (_, at) => addMonths(now, at - count));
};

/** Entries of 2 to 4 lines, by day; in all exactly as many postings as asked. */
export async function* journalCsv(shape: JournalShape): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const chance = chanceFrom(shape.seed);
  const days = daysOf(shape.months);
  let rows = [HEADER];
  let number = 0;
  for (let left = shape.postings; left > 0; ) {
    const lines = left <= 4 ? left : Math.min(left - 2, chance.pick([2, 2, 2, 3, 4]));
    const day = days[Math.floor(((shape.postings - left) / shape.postings) * days.length)]!;
    rows.push(entryRows(shape, chance, day, ++number, lines));
    left -= lines;
    if (rows.length < CHUNK_ROWS) continue;
    yield encoder.encode(rows.join(''));
    rows = [];
  }
  yield encoder.encode(rows.join(''));
}

export function daysOf(months: readonly Month[]): CalendarDate[] {
  const end = lastDay(months.at(-1)!);
  const days: CalendarDate[] = [];
  for (let day = firstDay(months[0]!); day <= end; day = addDays(day, 1)) days.push(day);
  return days;
}

/** One account has the sum of the entry on its side, the others share it. */
function entryRows(
  { accounts, seed }: JournalShape,
  chance: Chance,
  day: CalendarDate,
  number: number,
  lines: number,
): string {
  const start = `${day},J${seed}-${number},${TEXTS[number % TEXTS.length]},`;
  const turned = chance.happens(0.5);
  const columns = (cents: number, debit: boolean) =>
    debit ? `${text(cents)},\n` : `,${text(cents)}\n`;
  const at = chance.int(0, accounts.length - 1);
  let sum = 0;
  let rows = '';
  for (let line = 1; line < lines; line++) {
    const cents = chance.int(100, 250_000);
    sum += cents;
    rows += `${start}${accounts[(at + line) % accounts.length]},${columns(cents, turned)}`;
  }
  return `${start}${accounts[at]},${columns(sum, !turned)}${rows}`;
}

const text = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
