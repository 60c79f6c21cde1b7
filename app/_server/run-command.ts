// The body of every server action: authorise, run one command, answer in plain JSON with a sentence for every refusal.
import type { Answer, CommandCall, LedgerCommands } from '#ledger/commands/ledger-commands.ts';
import type { Action } from '#ledger/domain/permissions.ts';
import { explain } from '#ledger/domain/refusal-sentences.ts';
import type { Refusal } from '#ledger/domain/refusals.ts';
import type { BookCopy } from '#reports/documents/reader.ts';
import { findMember, type Turned } from './actor.ts';
import { type Plain, plain } from './plain.ts';
import { rooms } from './rooms.ts';
import { currentPerson } from './session.ts';

export interface RefusalText {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string;
}

export type ActionAnswer<R> =
  | { readonly ok: true; readonly position: number; readonly result: Plain<R> }
  | { readonly ok: false; readonly refusal: RefusalText };

const TURNED: Readonly<Record<Turned, Omit<RefusalText, 'code'>>> = {
  'signed-out': {
    title: 'You are signed out',
    detail: 'Your session has ended. Sign in again in another tab, then repeat this.',
  },
  'book-not-found': {
    title: 'No such book',
    detail: 'There is no such book among yours.',
  },
  'not-permitted': {
    title: 'Not permitted',
    detail: 'Your role in this book doesn’t allow this. An owner of the book can change it.',
  },
};

const turnedAway = (code: Turned): { ok: false; refusal: RefusalText } => ({
  ok: false,
  refusal: { code, ...TURNED[code] },
});

const answerOf = <R>(answer: Answer<R>): ActionAnswer<R> =>
  answer.ok
    ? { ok: true, position: answer.position, result: plain(answer.result) }
    : { ok: false, refusal: refusalText(answer.refusal) };

/** A refusal as people read it. */
const refusalText = (refusal: Refusal): RefusalText => ({
  code: refusal.code,
  ...explain(refusal),
});

/**
 * Runs a command in a book for whoever is signed in.
 * @param commandId made in the browser and kept there until the answer, so that a second press posts once
 */
export async function runCommand<R>(
  slug: string,
  action: Action,
  commandId: string,
  run: (
    commands: LedgerCommands,
    call: CommandCall,
    book: Pick<BookCopy, 'baseCurrency'>,
  ) => Promise<Answer<R>>,
): Promise<ActionAnswer<R>> {
  const member = await findMember(slug, action);
  if (typeof member === 'string') return turnedAway(member);
  return answerOf(
    await run(
      rooms().commands,
      { actor: member.actor, book: member.book.id, commandId },
      member.book,
    ),
  );
}

/** Runs a command that is about no book (create one, own password, own API keys). */
export async function runOwnCommand<R>(
  commandId: string,
  run: (commands: LedgerCommands, call: CommandCall) => Promise<Answer<R>>,
): Promise<ActionAnswer<R>> {
  const person = await currentPerson();
  if (!person) return turnedAway('signed-out');
  const actor = { userId: person.id, via: 'session' } as const;
  return answerOf(await run(rooms().commands, { actor, commandId }));
}
