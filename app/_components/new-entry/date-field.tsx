// The date, typed short or whole; it shows itself as the locale writes it once one leaves it.
'use client';

import { type KeyboardEvent, useState } from 'react';
import type { CalendarDate } from '#ledger/domain/calendar.ts';
import { dayText } from '../locale.ts';
import classes from './new-entry.module.css';
import { readTypedDate } from './typed-date.ts';

export function DateField({
  value,
  today,
  locale,
  onDate,
}: {
  value: CalendarDate;
  today: CalendarDate;
  locale: string;
  onDate: (date: CalendarDate) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const facts = { shown: value, today, locale };
  const wrong = typed !== null && readTypedDate(typed, facts) === null;
  const leave = () => {
    if (typed === null) return;
    const date = readTypedDate(typed, facts);
    if (date === null) return;
    onDate(date);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey) leave();
    if (event.key === 'Escape') setTyped(null);
  };
  return (
    <input
      className={classes.date}
      aria-label="Date"
      aria-invalid={wrong || undefined}
      title="t today, + and - a day on or back, 15 the 15th of this month"
      autoComplete="off"
      data-cell="date"
      value={typed ?? dayText(value, locale)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}
