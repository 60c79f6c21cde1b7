// The lines of an entry as a grid that is worked like a spreadsheet.
'use client';

import { IconX } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, memo, type RefObject, useRef } from 'react';
import { flushSync } from 'react-dom';
import {
  accountOf,
  balancingLine,
  type Draft,
  type DraftFacts,
  type DraftLine,
  emptyLine,
  isBlank,
  lineValue,
  matching,
  pastedLines,
  settledLine,
} from './draft.ts';
import classes from './new-entry.module.css';
import { OptionField } from './option-field.tsx';
import { hasDetails, offeredDetails, readTypedDetails } from './typed-details.ts';

type Column = 'account' | 'debit' | 'credit' | 'memo' | 'details';
const PLAIN: readonly Column[] = ['account', 'debit', 'credit', 'memo'];
const WITH_DETAILS: readonly Column[] = [...PLAIN, 'details'];
/** Columns in which an equals sign is a letter. */
const TEXTS: readonly Column[] = ['memo', 'details'];

const columnsOf = ({ choices }: DraftFacts): readonly Column[] =>
  hasDetails(choices) ? WITH_DETAILS : PLAIN;
const OFFERED = 8;

interface Shown {
  readonly draft: Draft;
  readonly facts: DraftFacts;
  readonly onLines: (change: (lines: readonly DraftLine[]) => readonly DraftLine[]) => void;
}

export function EntryGrid({ draft, facts, onLines }: Shown) {
  const grid = useRef<HTMLTableElement>(null);
  // At once, never in the next frame: the keys of a quick typist must not land in the cell before.
  const focus = (row: number, column: Column) => {
    const cell = grid.current?.querySelector<HTMLInputElement>(`[data-cell="${row}/${column}"]`);
    cell?.focus();
    cell?.select();
  };
  const change = (at: number, to: Partial<DraftLine>) =>
    onLines((lines) => lines.map((line, index) => (index === at ? { ...line, ...to } : line)));
  const settle = (at: number) =>
    onLines((lines) =>
      lines.map((line, index) => (index === at ? settledLine(line, facts) : line)),
    );
  const balance = (at: number, column: Column) => {
    const line = balancingLine(draft, at, facts);
    flushSync(() => change(at, line));
    const figure = column === 'debit' || column === 'credit';
    focus(at, figure ? (line.debit ? 'debit' : 'credit') : column);
  };
  const down = (at: number, column: Column) => {
    if (at === draft.lines.length - 1) {
      flushSync(() => onLines((lines) => [...lines, emptyLine()]));
    }
    focus(at + 1, column);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>, at: number, column: Column) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = at === draft.lines.length - 1;
    if (event.key === 'F4' || (event.key === '=' && !TEXTS.includes(column))) {
      event.preventDefault();
      balance(at, column);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (event.shiftKey) focus(Math.max(0, at - 1), column);
      else down(at, column);
    } else if (event.key === 'ArrowDown' && !last) {
      event.preventDefault();
      focus(at + 1, column);
    } else if (event.key === 'ArrowUp' && at > 0) {
      event.preventDefault();
      focus(at - 1, column);
    } else if (
      event.key === 'Tab' &&
      !event.shiftKey &&
      column === columnsOf(facts).at(-1) &&
      last
    ) {
      if (isBlank(draft.lines[at]!)) return;
      event.preventDefault();
      down(at, 'account');
    }
  };
  const onPaste = (event: ClipboardEvent, at: number) => {
    const text = event.clipboardData.getData('text');
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const pasted = pastedLines(text, facts);
    flushSync(() =>
      onLines((lines) => {
        const before = lines.slice(0, at);
        const after = lines.slice(at).filter((line) => !isBlank(line));
        return [...before, ...pasted, ...after, emptyLine()];
      }),
    );
    focus(at + pasted.length, 'account');
  };
  // Lines that didn't change aren't drawn again: with 500 of them a key press must not be felt.
  const handlers = useRef<Handlers>({ change, settle, onKey, onPaste, onLines });
  handlers.current = { change, settle, onKey, onPaste, onLines };
  return (
    <table className={classes.grid} data-details={hasDetails(facts.choices)} ref={grid}>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col" className={classes.end}>
            Debit
          </th>
          <th scope="col" className={classes.end}>
            Credit
          </th>
          <th scope="col">Memo</th>
          {hasDetails(facts.choices) ? <th scope="col">Details</th> : null}
          <th scope="col">
            <span className="db-skip">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {draft.lines.map((line, at) => (
          <GridRow key={line.id} line={line} at={at} facts={facts} handlers={handlers} />
        ))}
      </tbody>
    </table>
  );
}

interface Handlers {
  change(at: number, to: Partial<DraftLine>): void;
  settle(at: number): void;
  onKey(event: KeyboardEvent<HTMLInputElement>, at: number, column: Column): void;
  onPaste(event: ClipboardEvent, at: number): void;
  onLines: Shown['onLines'];
}

interface RowShown {
  readonly line: DraftLine;
  readonly at: number;
  readonly facts: DraftFacts;
  /** Read when something happens, never when the row is drawn: always the latest. */
  readonly handlers: RefObject<Handlers>;
}

function Row({ line, at, facts, handlers }: RowShown) {
  const unknown = line.account.trim() !== '' && accountOf(line.account, facts.accounts) === null;
  const unreadable = lineValue(line, facts) === null;
  const choose = (code: string) => {
    const account = facts.accounts.find((known) => known.code === code);
    if (account) handlers.current.change(at, { account: `${account.code} ${account.name}` });
  };
  const leaveAccount = () => {
    const account = accountOf(line.account, facts.accounts);
    if (account) handlers.current.change(at, { account: `${account.code} ${account.name}` });
  };
  const offered = line.account.trim() === '' ? [] : matching(line.account, facts.accounts);
  return (
    <tr onPaste={(event) => handlers.current.onPaste(event, at)}>
      {columnsOf(facts).map((column) => (
        <td key={column} className={classes[column]}>
          {column === 'account' ? (
            <OptionField
              label={`Account of line ${at + 1}`}
              cell={`${at}/account`}
              value={line.account}
              eager
              invalid={unknown}
              options={offered.slice(0, OFFERED).map(({ code, name, path }) => ({
                key: code,
                content: (
                  <>
                    <b>{code}</b> {name} <span>{path}</span>
                  </>
                ),
              }))}
              onType={(text) => handlers.current.change(at, { account: text })}
              onChoose={choose}
              onLeave={leaveAccount}
              onKey={(event) => handlers.current.onKey(event, at, 'account')}
            />
          ) : column === 'details' ? (
            <DetailsField line={line} at={at} facts={facts} handlers={handlers} />
          ) : (
            <input
              aria-label={`${column === 'memo' ? 'Memo' : column === 'debit' ? 'Debit' : 'Credit'} of line ${at + 1}`}
              data-cell={`${at}/${column}`}
              autoComplete="off"
              inputMode="text"
              aria-invalid={(column !== 'memo' && line[column] !== '' && unreadable) || undefined}
              maxLength={column === 'memo' ? 500 : 60}
              value={line[column]}
              onChange={(event) =>
                handlers.current.change(at, { [column]: event.currentTarget.value })
              }
              onBlur={() => (column === 'memo' ? undefined : handlers.current.settle(at))}
              onKeyDown={(event) => handlers.current.onKey(event, at, column)}
            />
          )}
        </td>
      ))}
      <td className={classes.remove}>
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Remove line ${at + 1}`}
          onClick={() =>
            handlers.current.onLines((lines) => lines.filter((_, index) => index !== at))
          }
        >
          <IconX size={14} />
        </button>
      </td>
    </tr>
  );
}

function DetailsField({ line, at, facts, handlers }: RowShown) {
  const offered = offeredDetails(line.details, facts.choices).slice(0, OFFERED);
  const type = (details: string) => handlers.current.change(at, { details });
  return (
    <OptionField
      label={`Details of line ${at + 1}`}
      cell={`${at}/details`}
      value={line.details}
      eager={false}
      invalid={'problem' in readTypedDetails(line.details, facts)}
      options={offered.map(({ label, text }) => ({ key: text, content: label }))}
      onType={type}
      onChoose={type}
      onKey={(event) => handlers.current.onKey(event, at, 'details')}
    />
  );
}

const GridRow = memo(
  Row,
  (before, after) =>
    before.line === after.line && before.at === after.at && before.facts === after.facts,
);
