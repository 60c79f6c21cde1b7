// Shapes that inputs of several commands share.
import { z } from 'zod';
import { PLAIN_TEXT } from '#ledger/domain/plain-text.ts';

/** Text as it came, for what is looked up. */
export const plain = (most: number) =>
  z.string().max(most).regex(PLAIN_TEXT, { error: 'has control characters' });

/** One line of text without control characters. */
export const line = (most: number) =>
  z.string().trim().max(most).regex(PLAIN_TEXT, { error: 'has control characters' });

export const requiredLine = (most: number) => line(most).min(1, { error: 'is empty' });

/** An account's code: 1–32 letters, digits, points and hyphens. */
export const ACCOUNT_CODE = /^[\p{L}\p{N}.-]{1,32}$/u;

/** Names from the root, `Assets:Bank:Current account`. */
export const accountPath = requiredLine(500).refine(
  (path) => path.split(':').every((part) => part !== '' && part === part.trim()),
  { error: 'has an empty part; write parts separated by single colons' },
);
