// Posting and reversing entries, and what helps while one is typed.
'use server';

import { z } from 'zod';
import { PLAIN_TEXT } from '#ledger/domain/plain-text.ts';
import type { Suggestion } from '#ledger/queries/entry-help.ts';
import { findMember } from '../_server/actor.ts';
import { rooms } from '../_server/rooms.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

export interface EntryInput {
  readonly date: string;
  readonly description: string;
  readonly reference: string;
  readonly kind: string;
  readonly lines: readonly {
    readonly account: string;
    readonly side: 'debit' | 'credit';
    readonly amount: string;
    readonly memo: string;
    /** Another unit than the base currency; a rate, or what it is worth in all, or neither. */
    readonly unit?: string;
    readonly rate?: string;
    readonly baseAmount?: string;
    /** By the book's codes. */
    readonly party?: string;
    readonly document?: string;
    readonly dueDate?: string;
    readonly dimensions?: Readonly<Record<string, string>>;
    readonly taxCode?: string;
    readonly taxFrom?: 'net' | 'gross';
  }[];
}

export async function postEntry(
  commandId: string,
  { slug, entry }: { slug: string; entry: EntryInput },
): Promise<ActionAnswer<{ number: number }>> {
  return runCommand(slug, 'entry.post', commandId, (commands, call) =>
    commands.postJournalEntry(call, entry),
  );
}

export async function reverseEntry(
  commandId: string,
  { slug, ...input }: { slug: string; number: number; date: string | null; reason: string },
): Promise<ActionAnswer<{ number: number }>> {
  return runCommand(slug, 'entry.reverse', commandId, (commands, call) =>
    commands.reverseEntry(call, input),
  );
}

const text = z.string().max(200).regex(PLAIN_TEXT);
const Typed = z.tuple([z.string().max(64), text]);

/** Earlier entries whose description contains the text. */
export async function suggestEntries(slug: string, text: string): Promise<Suggestion[]> {
  if (!Typed.safeParse([slug, text]).success || text.trim().length < 2) return [];
  const member = await findMember(slug, 'entry.post');
  if (typeof member === 'string') return [];
  return rooms().queries.suggestions(member.book.id, text);
}

const Doubled = z.tuple([z.string().max(64), text.min(1), z.string().regex(/^\d{1,18}$/)]);

/** Number of an earlier entry with this reference and total (minor units), or null. */
export async function findDouble(
  slug: string,
  reference: string,
  total: string,
): Promise<number | null> {
  if (!Doubled.safeParse([slug, reference, total]).success) return null;
  const member = await findMember(slug, 'entry.post');
  if (typeof member === 'string') return null;
  return rooms().queries.likelyDouble(member.book.id, reference, BigInt(total));
}
