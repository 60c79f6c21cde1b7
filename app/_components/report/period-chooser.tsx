// Previous, next, and every month, quarter and year of the book. `[` and `]` step through the periods.
'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import type { PeriodChoices } from '../../_server/periods.ts';
import { periodText, shortMonthText } from '../locale.ts';
import { usePageKeys } from '../shell/page-keys.ts';
import classes from './period-chooser.module.css';

const KEYS = [
  ['[', 'Previous period'],
  [']', 'Next period'],
] as const;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

export function PeriodChooser({
  choices,
  base,
  locale,
}: {
  choices: PeriodChoices;
  /** The address up to the period. */
  base: string;
  locale: string;
}) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  usePageKeys(KEYS);
  const { previous, next } = choices;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey) return;
      const key = event.key === '[' ? previous : event.key === ']' ? next : null;
      if (key) router.push(base + key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous, next, base, router]);
  return (
    <div className={classes.chooser}>
      <Step to={previous && base + previous} label="Previous period">
        <IconChevronLeft size={16} stroke={1.8} aria-hidden />
      </Step>
      <Popover opened={open} onChange={setOpen} position="bottom" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.current} onClick={() => setOpen(!open)}>
            {periodText(choices.current, locale)}
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.panel} aria-label="Choose a period">
          {choices.years.map((year) => (
            <Year
              key={year.name}
              year={year}
              current={choices.current}
              base={base}
              locale={locale}
              onChoose={() => setOpen(false)}
            />
          ))}
        </Popover.Dropdown>
      </Popover>
      <Step to={next && base + next} label="Next period">
        <IconChevronRight size={16} stroke={1.8} aria-hidden />
      </Step>
    </div>
  );
}

function Step({ to, label, children }: { to: string | null; label: string; children: ReactNode }) {
  return to ? (
    <Link href={to} aria-label={label} title={label} className={classes.step}>
      {children}
    </Link>
  ) : (
    <span className={classes.step} aria-disabled="true">
      {children}
    </span>
  );
}

function Year({
  year,
  current,
  base,
  locale,
  onChoose,
}: {
  year: PeriodChoices['years'][number];
  current: string;
  base: string;
  locale: string;
  onChoose: () => void;
}) {
  const link = (key: string, label: string) => (
    <Link
      key={key}
      href={base + key}
      prefetch={false}
      onClick={onChoose}
      aria-current={key === current ? 'true' : undefined}
    >
      {label}
    </Link>
  );
  return (
    <section className={classes.year}>
      <h3>{link(year.name, year.name)}</h3>
      <div className={classes.quarters}>{year.quarters.map((key) => link(key, key.slice(5)))}</div>
      <div className={classes.months}>
        {year.months.map((month) => link(month, shortMonthText(month, locale)))}
      </div>
    </section>
  );
}
