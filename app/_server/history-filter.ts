// What a history is filtered by, from the address of its page or of its CSV file.
import { EVENT_KINDS } from '../_components/history/event-text.ts';
import { dayOrNothing } from './search-text.ts';

export interface HistoryChoice {
  readonly user: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

export const historyChoice = (read: (name: string) => string): HistoryChoice => ({
  user: /^[1-9]\d{0,8}$/.test(read('user')) ? read('user') : '',
  type: Object.hasOwn(EVENT_KINDS, read('type')) ? read('type') : '',
  from: dayOrNothing(read('from')),
  to: dayOrNothing(read('to')),
});

/** The choice as the query takes it. */
export const historyQuery = ({ user, ...choice }: HistoryChoice) => ({
  ...choice,
  ...(user && { user: Number(user) }),
});
