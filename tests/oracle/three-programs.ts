// hledger, Ledger and Beancount on many books at once: each is asked for the movement of every account in every month, per
// unit and at cost, with closing entries apart. The programs add up; what comes back here is only read.
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addMonths, firstDay, type Month, monthsBetween } from '#ledger/domain/calendar.ts';
import { decimalText } from '#ledger/domain/money.ts';

/** A book's exports and its number among the others. */
export interface ExportedTexts {
  readonly nth: number;
  readonly hledger: string;
  readonly beancount: string;
}

/** Movement of an account in a month: quantities per unit, or base amounts (`cost`). Decimal text, debit positive. */
export interface Moved {
  readonly nth: number;
  readonly path: string;
  readonly month: string;
  readonly closing: boolean;
  readonly cost: boolean;
  readonly unit: string;
  readonly amount: string;
}

const FIRST = '2024-01' as Month;
const LAST = '2026-06' as Month;
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'daybook-oracle-'));

async function ask(program: string, args: readonly string[]): Promise<string[]> {
  const { stdout } = await run(program, args, {
    ...{ encoding: 'utf8', maxBuffer: 2 ** 30 },
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  return stdout.split('\n').filter((line) => line.trim() !== '');
}

const cells = (line: string): string[] =>
  line.split(',').map((cell) => cell.replaceAll('"', '').trim());

/** Every account of a book under one of its own: `b17:Assets:Bank`. */
const prefixed = (text: string, nth: number): string =>
  text.replace(/^(account | {4})(?=[A-Z][a-z]+:)/gm, `$1b${nth}:`);

function place(account: string): { nth: number; path: string } {
  const [, nth = '', path = ''] = /^b(\d+):(.*)$/.exec(account) ?? [];
  return { nth: Number(nth), path };
}

/** The books in one journal. @returns the file */
export function hledgerFile(books: readonly ExportedTexts[]): string {
  const file = join(folder, 'all.journal');
  writeFileSync(file, books.map(({ hledger, nth }) => prefixed(hledger, nth)).join('\n'));
  return file;
}

/** Rows of a report by months: section heads, accounts, totals. @param report `balance`, `balancesheet` … */
export const hledgerRows = async (file: string, report: string, query: readonly string[]) =>
  (
    await ask('hledger', [
      ...['-f', file, report, '--monthly', '--flat', '--empty', '--layout=tidy', '-O', 'csv'],
      ...['-b', FIRST, '-e', '2028-01-01', ...query],
    ])
  ).map(cells);

export async function movedByHledger(file: string): Promise<Moved[]> {
  const moved: Moved[] = [];
  for (const closing of [true, false]) {
    for (const cost of [true, false]) {
      const query = [closing ? 'tag:kind=closing' : 'not:tag:kind=closing', '--no-total'];
      const rows = await hledgerRows(file, 'balance', cost ? [...query, '--cost'] : query);
      for (const [account, month, , , unit, amount] of rows.slice(1)) {
        const at = { ...place(account!), month: month!, closing, cost };
        if (/[1-9]/.test(amount!)) moved.push({ ...at, unit: unit!, amount: amount! });
      }
    }
  }
  return moved;
}

/**
 * Ledger takes hledger's journal without its directives. It has no table of months: it is asked month by month; closing
 * entries are under accounts of their own, and none is below another, whose total would count it.
 */
export async function movedByLedger(books: readonly ExportedTexts[]): Promise<Moved[]> {
  const file = join(folder, 'all.ledger');
  const texts = books.map(({ hledger, nth }) =>
    hledger
      .slice(hledger.search(/^\d{4}-\d\d-\d\d /m))
      .split('\n\n')
      .map((entry) => {
        const closing = /^.*; kind: closing/.test(entry.split('\n')[0]!);
        return prefixed(entry, nth).replace(
          /^ {4}b(\d+:)(\S+)/gm,
          (_, own, path) => `    ${closing ? 'c' : 'b'}${own}${path.replaceAll(':', '/')}`,
        );
      })
      .join('\n\n'),
  );
  writeFileSync(file, texts.join('\n'));
  const moved: Moved[] = [];
  for (const month of monthsBetween(FIRST, LAST)) {
    for (const cost of [true, false]) {
      const range = ['-b', firstDay(month), '-e', firstDay(addMonths(month, 1))];
      const format = ['--flat', '--no-total', '--balance-format', '%(display_total) #%(account)\n'];
      const lines = await ask('ledger', [
        ...['--args-only', '-f', file, 'balance', ...range, ...format, ...(cost ? ['-B'] : [])],
      ]);
      moved.push(...ledgerRows(lines).map((row) => ({ ...row, month, cost })));
    }
  }
  return moved;
}

/** Several amounts of an account stand one below the other, its name beside the last. */
function ledgerRows(lines: readonly string[]): Omit<Moved, 'month' | 'cost'>[] {
  let amounts: string[] = [];
  const rows: Omit<Moved, 'month' | 'cost'>[] = [];
  for (const line of lines) {
    const [amount = '', account] = line.split('#');
    amounts.push(amount.trim());
    if (account === undefined) continue;
    const own = account.trim().replace(/^c/, 'b').replaceAll('/', ':');
    const at = { ...place(own), closing: account.startsWith('c') };
    for (const one of amounts) {
      const [value = '', unit = ''] = one.split(' ');
      if (/[1-9]/.test(value)) rows.push({ ...at, unit, amount: value });
    }
    amounts = [];
  }
  return rows;
}

export async function movedByBeancount(books: readonly ExportedTexts[]): Promise<Moved[]> {
  const file = join(folder, 'all.beancount');
  const texts = books.map(({ beancount, nth }) =>
    beancount
      .replace(/^option .*$/gm, '')
      .replace(/^.* commodity .*\n( {2}.*\n)*/gm, '')
      .replace(/^((?:\d{4}-\d\d-\d\d open| ) ?)([A-Z][a-z]+):/gm, `$1$2:B${nth}:`),
  );
  writeFileSync(file, texts.join('\n'));
  const query = `select account, year, month, entry_meta('kind') as kind, currency, currency(weight) as worth,
    str(sum(number)) as quantity, str(sum(number(weight))) as cost group by 1, 2, 3, 4, 5, 6`;
  const lines = (await ask('bean-query', ['-f', 'csv', file, query])).slice(1).map(cells);
  return lines.flatMap(([account, year, month, kind, unit, worth, quantity, cost]) => {
    const [root, nth, ...rest] = account!.split(':');
    const at = {
      ...{ nth: Number(nth!.slice(1)), path: [root, ...rest].join(':') },
      ...{ month: `${year}-${month!.padStart(2, '0')}`, closing: kind === 'closing' },
    };
    return [
      { ...at, cost: false, unit: unit!, amount: plain(quantity!) },
      { ...at, cost: true, unit: worth!, amount: plain(cost!) },
    ];
  });
}

/**
 * `Decimal('-7.00')`: written so, nothing is rounded for display. Beancount divides what a line is worth by its quantity, to 28
 * digits, and multiplies again: what that leaves below the ninth decimal is taken away.
 */
function plain(written: string): string {
  const text = written.replace(/^Decimal\('(.*)'\)$/, '$1');
  const [whole = '0', fraction = ''] = text.includes('E-') ? ['0'] : text.split('.');
  if (fraction.length <= 9) return text.includes('E-') ? '0' : text;
  const digits = BigInt(whole + fraction.slice(0, 10));
  return decimalText((digits + (text.startsWith('-') ? -5n : 5n)) / 10n, 9);
}

/** Date, change by and balance after each entry, of one account in one book's file. */
export async function accountRegister(
  text: string,
  path: string,
  query: readonly string[],
): Promise<[date: string, change: string, balance: string][]> {
  const file = join(folder, 'one.journal');
  writeFileSync(file, text);
  const args = ['-f', file, 'areg', `^${path}$`, '--cost', '--empty', '-O', 'csv', ...query];
  const lines = (await ask('hledger', args)).slice(1);
  return lines.map((line) => {
    const row = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell!);
    return [row[1]!, row.at(-2)!, row.at(-1)!];
  });
}
