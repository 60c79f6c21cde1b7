// The lines of a statement as an outline that is typed: names, picks, places; beside it what stands where and what falls
// through, as it is typed.
'use client';

import { Button, NativeSelect } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useRef, useState } from 'react';
import {
  type LayoutLine,
  layoutProblem,
  MOST_LAYOUT_LINES,
  type Statement,
} from '#ledger/domain/statement-layout.ts';
import { setStatementLayout } from '../../_actions/layouts.ts';
import type { FigureStyle } from '../amount.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';
import { LayoutPreview, type PreviewedAccount } from './layout-preview.tsx';
import { LayoutRow } from './layout-row.tsx';
import classes from './layouts.module.css';
import { indented, moved, removed, withLineAfter } from './outline.ts';

interface Shown {
  readonly slug: string;
  readonly statement: Statement;
  readonly lines: readonly LayoutLine[];
  readonly presets: readonly { readonly name: string; readonly lines: readonly LayoutLine[] }[];
  readonly accounts: readonly PreviewedAccount[];
  readonly exponent: number;
  readonly style: FigureStyle;
  readonly mayChange: boolean;
}

export function LayoutEditor({ lines: kept, mayChange, presets, slug, statement, ...own }: Shown) {
  const router = useRouter();
  const list = useRef<HTMLOListElement>(null);
  const [lines, setLines] = useState(kept);
  const alive = useMounted();
  const [saved, setSaved] = useState(false);
  const { pending, refusal, send } = useCommand(setStatementLayout);
  const problem = layoutProblem(statement, lines);
  const change = (next: readonly LayoutLine[], focused?: number) => {
    setSaved(false);
    setLines(next);
    if (focused === undefined) return;
    const field = () =>
      list.current?.querySelector<HTMLInputElement>(`[data-line="${focused}"] input`)?.focus();
    requestAnimationFrame(field);
  };
  const onKey = (event: KeyboardEvent, at: number) => {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault();
      change(withLineAfter(lines, at), at + 1);
    }
    if (!event.altKey || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const step = event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 1;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      return change(indented(lines, at, step));
    }
    const next = moved(lines, at, step);
    change(next.lines, next.at);
  };
  const keep = async () => {
    if (!(await send({ slug, statement, lines }))) return;
    setSaved(true);
    router.refresh();
  };
  // Fields show what the state says, so a line's place may name it.
  const row = (line: LayoutLine, at: number) => (
    <LayoutRow
      key={at}
      {...{ at, line, statement, mayChange }}
      wrong={problem?.line === at}
      onChange={(changed) => change(lines.with(at, changed))}
      onRemove={() => change(removed(lines, at))}
      onKeyDown={(event) => onKey(event, at)}
    />
  );
  return (
    <div className={classes.sides}>
      <section aria-label="Lines" className={classes.lines}>
        {mayChange ? (
          <div className={classes.begin}>
            <NativeSelect
              label="Begin with"
              disabled={!alive}
              value=""
              data={['', ...presets.map(({ name }) => name)]}
              onChange={({ currentTarget: { value } }) => {
                const preset = presets.find(({ name }) => name === value);
                if (preset) change(preset.lines);
              }}
            />
            <p>
              A line picks accounts by code (1500), codes (1500..1599), name Assets:Bank, tag
              current, type asset or activity investing, parted by semicolons; type and activity
              take what no other line picks. Enter adds a line, Alt and arrows move it.
            </p>
          </div>
        ) : null}
        <ol ref={list}>{lines.map(row)}</ol>
        {mayChange ? (
          <div className={classes.keep}>
            <Button
              variant="default"
              disabled={lines.length >= MOST_LAYOUT_LINES}
              onClick={() => change(withLineAfter(lines, lines.length - 1), lines.length)}
            >
              Add a line
            </Button>
            <Button loading={pending} disabled={problem !== null} onClick={() => void keep()}>
              Lay out the statement
            </Button>
            {saved ? <output>Kept. The reports are being made anew.</output> : null}
          </div>
        ) : null}
        {problem ? (
          <p role="alert" className={classes.wrong}>
            {problem.line === null ? '' : `Line ${problem.line + 1}: `}
            {problem.problem}
          </p>
        ) : null}
        <RefusalNotice refusal={refusal} />
      </section>
      <LayoutPreview {...{ statement, lines, ...own }} />
    </div>
  );
}
