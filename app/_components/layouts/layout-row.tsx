// One line of the outline: its kind, its name, what it picks.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import {
  type LayoutLine,
  LONGEST_LINE_NAME,
  LONGEST_PICKS,
  type Statement,
} from '#ledger/domain/statement-layout.ts';
import classes from './layouts.module.css';

const KINDS = { group: 'Group', sum: 'Sum of all above', result: 'Result' } as const;
type Kind = keyof typeof KINDS;

/** The kinds of line that a statement has. */
const KINDS_OF: Readonly<Record<Statement, readonly Kind[]>> = {
  'balance-sheet': ['group'],
  'income-statement': ['group', 'sum'],
  'cash-flow': ['group', 'result'],
};

export function LayoutRow({
  at,
  line,
  mayChange,
  onChange,
  onKeyDown,
  onRemove,
  statement,
  wrong,
}: {
  readonly at: number;
  readonly line: LayoutLine;
  readonly statement: Statement;
  readonly mayChange: boolean;
  readonly wrong: boolean;
  readonly onChange: (line: LayoutLine) => void;
  readonly onRemove: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const kinds = KINDS_OF[statement];
  const fields = { readOnly: !mayChange, onKeyDown, autoComplete: 'off', spellCheck: false };
  const number = at + 1;
  return (
    <li
      data-line={at}
      data-wrong={wrong || undefined}
      style={{ paddingInlineStart: `${line.level * 20}px` }}
    >
      <input
        {...fields}
        className={classes.name}
        aria-label={`Line ${number}, name`}
        aria-invalid={wrong || undefined}
        maxLength={LONGEST_LINE_NAME}
        value={line.name}
        onChange={({ currentTarget }) => onChange({ ...line, name: currentTarget.value })}
      />
      {line.kind === 'group' ? (
        <input
          {...fields}
          className={classes.picks}
          aria-label={`Line ${number}, accounts`}
          maxLength={LONGEST_PICKS}
          placeholder="no accounts of its own"
          value={line.accounts}
          onChange={({ currentTarget }) => onChange({ ...line, accounts: currentTarget.value })}
        />
      ) : (
        <span className={classes.picks}>{KINDS[line.kind]}</span>
      )}
      {mayChange && kinds.length > 1 ? (
        <select
          aria-label={`Line ${number}, kind`}
          value={line.kind}
          onChange={({ currentTarget }) => {
            const kind = currentTarget.value as Kind;
            onChange({ ...line, kind, accounts: kind === 'group' ? line.accounts : '' });
          }}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {KINDS[kind]}
            </option>
          ))}
        </select>
      ) : null}
      {mayChange ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove line ${number} and those under it`}
          onClick={onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      ) : null}
    </li>
  );
}
