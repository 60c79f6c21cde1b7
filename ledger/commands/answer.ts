// How a command is called and what it answers.
import type { Refusal } from '#ledger/domain/refusals.ts';

export interface Actor {
  readonly userId: number;
  readonly via: 'session' | 'api-key' | 'system';
}

export interface CommandCall {
  readonly actor: Actor;
  /** Id of the book; absent only where a book is created. */
  readonly book?: number;
  /** Made by the client, 1–255 visible ASCII characters; the same one again gets the first answer again. */
  readonly commandId: string;
  /** Says what would happen and changes nothing. */
  readonly dryRun?: boolean;
}

export type Answer<Result> =
  | {
      readonly ok: true;
      readonly position: number;
      readonly replayed: boolean;
      readonly result: Result;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** Whose copies on the read side a command made outdated. */
export interface AccessChange {
  readonly userIds?: number[];
  readonly apiKeyHashes?: string[];
  readonly bookIds?: number[];
}

/** Told after a commit, never awaited. */
export interface Notify {
  bookChanged(book: number): void;
  accessChanged(change: AccessChange): void;
  /** There is work for a worker, or it is done. */
  importChanged(importId: number): void;
  /** Only its figures moved. */
  importProgressed(importId: number): void;
}

export type Run<Result> = (call: CommandCall, input: unknown) => Promise<Answer<Result>>;

/** Carries a refusal out of a command's transaction, which it rolls back; caught by the wrapper alone. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export function refuse(refusal: Refusal): never {
  throw new Refused(refusal);
}
