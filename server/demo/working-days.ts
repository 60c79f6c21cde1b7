// The days on which the demo companies keep books: weekdays, without the four fixed holidays.
import {
  addDays,
  type CalendarDate,
  dateOf,
  lastDay,
  type Month,
} from '#ledger/domain/calendar.ts';

const HOLIDAYS = new Set(['01-01', '03-17', '12-25', '12-26']);

/** 1 Monday … 7 Sunday. */
export function weekday(date: CalendarDate): number {
  const days = Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  return ((days + 3) % 7) + 1;
}

export const isWeekday = (date: CalendarDate): boolean => weekday(date) <= 5;
const isWorkingDay = (date: CalendarDate): boolean =>
  isWeekday(date) && !HOLIDAYS.has(date.slice(5));

/** This day, or the next one on which somebody works. */
export function onOrAfter(date: CalendarDate): CalendarDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}

/** This day, or the last one before it on which somebody works. */
function onOrBefore(date: CalendarDate): CalendarDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, -1);
  return day;
}

export const workingDays = (from: CalendarDate, to: CalendarDate): CalendarDate[] => {
  const days: CalendarDate[] = [];
  for (let day = onOrAfter(from); day <= to; day = onOrAfter(addDays(day, 1))) days.push(day);
  return days;
};

export const lastWorkingDay = (month: Month): CalendarDate => onOrBefore(lastDay(month));

/** The working day on or before a day of a month; a month too short gives its last one. */
export function dayOf(month: Month, day: number): CalendarDate {
  const last = lastDay(month);
  const wanted = dateOf(+month.slice(0, 4), +month.slice(5), Math.min(day, +last.slice(8)));
  const found = onOrBefore(wanted);
  return found.startsWith(month) ? found : onOrAfter(wanted);
}
