// The budget of a year as a grid that is worked like a spreadsheet: typed, pasted, kept with one press.
'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { decimalText } from '#ledger/domain/money.ts';
import { setBudget } from '../../_actions/budget.ts';
import { Amount, amountText, type FigureStyle } from '../amount.tsx';
import { monthText, shortMonthText } from '../locale.ts';
import { decimalSignOf } from '../new-entry/typed-amount.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';
import classes from './budget.module.css';
import {
  cellAmount,
  cellKey,
  changedAmounts,
  type GridFacts,
  type GridRow,
  pastedCells,
  rowKey,
  stillToKeep,
  sumOf,
  type Typed,
} from './typed-budget.ts';

interface Shown {
  readonly slug: string;
  readonly style: FigureStyle;
  readonly exponent: number;
  readonly months: readonly string[];
  readonly rows: readonly GridRow[];
  readonly mayChange: boolean;
}

/** Steps of the arrow keys and Enter, in rows. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };

export function BudgetGrid({ exponent, mayChange, months, rows, slug, style }: Shown) {
  const router = useRouter();
  const grid = useRef<HTMLTableElement>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [kept, setKept] = useState<number | null>(null);
  const { pending, refusal, send } = useCommand(setBudget);
  const facts: GridFacts = { months, exponent, sign: decimalSignOf(style.locale) };
  const changed = changedAmounts(rows, typed, facts);
  // What was typed stands in its cell until the book has it.
  const [seen, setSeen] = useState(rows);
  if (seen !== rows) {
    setSeen(rows);
    setTyped(stillToKeep(rows, typed, facts));
  }
  const type = (cells: Typed) => {
    setKept(null);
    setTyped((before) => ({ ...before, ...cells }));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>, row: number, month: number) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const down = event.shiftKey ? -step : step;
    const next = grid.current?.querySelector<HTMLInputElement>(
      `[data-cell="${row + down}/${month}"]`,
    );
    next?.focus();
    next?.select();
  };
  const onPaste = (event: ClipboardEvent, row: number, month: number) => {
    const text = event.clipboardData.getData('text');
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    type(pastedCells(text, rows, { row, month }, facts));
  };
  const keep = async () => {
    if (!changed) return;
    const answer = await send({ slug, amounts: changed });
    if (!answer) return;
    setKept(answer.result.set);
    router.refresh();
  };
  const figure = (amount: bigint) => (
    <Amount value={decimalText(amount, exponent)} style={style} zero="dash" />
  );
  const shownText = (row: GridRow, month: string): string => {
    const amount = row.kept[month];
    return amount === undefined ? '' : amountText(decimalText(BigInt(amount), exponent), style);
  };
  const bodyRow = (row: GridRow, at: number) => (
    <tr key={rowKey(row)}>
      <th scope="row" className={isValue(row) ? classes.value : undefined} title={titleOf(row)}>
        {titleOf(row)}
      </th>
      {months.map((month, column) => {
        const key = cellKey(row, month);
        const text = typed[key] ?? shownText(row, month);
        const unreadable = cellAmount(row, month, typed, facts) === null;
        return (
          <td key={month} className={classes.cell}>
            <input
              data-cell={`${at}/${column}`}
              data-changed={typed[key] === undefined ? undefined : ''}
              aria-label={`${titleOf(row)}, ${monthText(month, style.locale)}`}
              aria-invalid={unreadable || undefined}
              readOnly={!mayChange}
              inputMode="decimal"
              autoComplete="off"
              value={text}
              onChange={(event) => type({ [key]: event.currentTarget.value })}
              onFocus={(event) => event.currentTarget.select()}
              onKeyDown={(event) => onKey(event, at, column)}
              onPaste={(event) => mayChange && onPaste(event, at, column)}
            />
          </td>
        );
      })}
      <td>{figure(sumOf([row], months, typed, facts))}</td>
    </tr>
  );
  const income = rows.filter((row) => row.type === 'income');
  const expenses = rows.filter((row) => row.type === 'expense');
  const total = (name: string, of: (month: readonly string[]) => bigint) => (
    <tr className={classes.sum}>
      <th scope="row">{name}</th>
      {months.map((month) => (
        <td key={month}>{figure(of([month]))}</td>
      ))}
      <td>{figure(of(months))}</td>
    </tr>
  );
  const sum = (of: readonly GridRow[]) => (own: readonly string[]) => sumOf(of, own, typed, facts);
  return (
    <>
      <div className={classes.frame}>
        <table className={classes.grid} ref={grid} aria-label="Budget by account and month">
          <thead>
            <tr>
              <th scope="col">Account</th>
              {months.map((month) => (
                <th key={month} scope="col">
                  {shortMonthText(month, style.locale)}
                </th>
              ))}
              <th scope="col">Total</th>
            </tr>
          </thead>
          <tbody>
            {income.map((row) => bodyRow(row, rows.indexOf(row)))}
            {total('Total income', sum(income))}
            {expenses.map((row) => bodyRow(row, rows.indexOf(row)))}
            {total('Total expenses', sum(expenses))}
            {total('Result', (own) => sum(income)(own) - sum(expenses)(own))}
          </tbody>
        </table>
      </div>
      {mayChange ? (
        <>
          <RefusalNotice refusal={refusal} />
          <div className={classes.save}>
            <Button
              onClick={() => void keep()}
              loading={pending}
              disabled={!changed || changed.length === 0}
            >
              Save
            </Button>
            <span role="status">{statusOf(changed?.length ?? null, kept)}</span>
          </div>
        </>
      ) : null}
    </>
  );
}

const isValue = ({ dimensions }: GridRow): boolean => Object.keys(dimensions).length > 0;

const titleOf = ({ account, dimensions, name }: GridRow): string =>
  [`${account} ${name}`, ...Object.values(dimensions)].join(' · ');

function statusOf(changed: number | null, kept: number | null): string {
  const amounts = (count: number) => `${count} ${count === 1 ? 'amount' : 'amounts'}`;
  if (changed === null) return 'A marked cell is no amount.';
  if (changed > 0) return `${amounts(changed)} changed, not saved yet.`;
  return kept === null ? '' : `${amounts(kept)} saved.`;
}
