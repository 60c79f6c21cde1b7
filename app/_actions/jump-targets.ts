// What Ctrl+K finds on the server: accounts by code or any part of the name, an entry by its number, reports.
'use server';

import { z } from 'zod';
import { findMember } from '../_server/actor.ts';
import { latestPeriod, periodOfReport } from '../_server/periods.ts';
import { reportsOf } from '../_server/reports.ts';
import { rooms } from '../_server/rooms.ts';

export interface JumpTarget {
  readonly group: 'Rooms' | 'Reports' | 'Accounts' | 'Entries';
  readonly label: string;
  readonly detail: string;
  readonly href: string;
}

const MOST_ACCOUNTS = 8;
const Input = z.tuple([z.string().max(64), z.string().max(100)]);

/** The targets that match what was typed; none for somebody who may not read the book. */
export async function jumpTargets(slug: string, query: string): Promise<JumpTarget[]> {
  if (!Input.safeParse([slug, query]).success) return [];
  const member = await findMember(slug, 'account.read');
  if (typeof member === 'string') return [];
  const text = query.trim().toLowerCase();
  const base = `/books/${member.book.slug}`;
  const period = latestPeriod(member.book, Date.now());
  const reports = reportsOf(member.book)
    .map((report) => ({ ...report, of: periodOfReport(report, period) }))
    .map(({ name, of, title }) => ({
      group: 'Reports' as const,
      label: title,
      detail: of,
      href: `${base}/reports/${name}/${of}`,
    }))
    .filter(({ label }) => label.toLowerCase().includes(text));
  if (text === '') return reports;
  const entries: JumpTarget[] = /^#?\d{1,9}$/.test(text)
    ? [
        {
          group: 'Entries',
          label: `Entry ${text.replace('#', '')}`,
          detail: 'Open the journal entry',
          href: `${base}/entries/${text.replace('#', '')}`,
        },
      ]
    : [];
  const accounts = (await rooms().queries.chart(member.book.id))
    .filter(({ code, path }) => `${code} ${path}`.toLowerCase().includes(text))
    .slice(0, MOST_ACCOUNTS)
    .map((account) => ({
      group: 'Accounts' as const,
      label: `${account.code} ${account.name}`,
      detail: account.path,
      href: `${base}/accounts/${encodeURIComponent(account.code)}`,
    }));
  return [...reports, ...accounts, ...entries];
}
