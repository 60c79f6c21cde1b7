// Settings of a book: what stands on its reports and how dates and figures look. Shapes, defaults, and their change.
import type pg from 'pg';
import { z } from 'zod';
import type { AccountId } from '#ledger/domain/account.ts';
import type { BookSettings } from '#ledger/domain/events.ts';
import { refuse } from './answer.ts';
import { line, plain, requiredLine } from './input-shapes.ts';
import { accountsByCode } from './load-accounts.ts';
import type { UseCase } from './run-in-book.ts';

const known = (check: (text: string) => unknown) => (text: string) => {
  try {
    check(text);
    return true;
  } catch {
    return false;
  }
};

/** An IANA time zone, as `Europe/Dublin`. */
export const timeZone = z
  .string()
  .max(64)
  .refine(
    known((zone) => new Intl.DateTimeFormat('en', { timeZone: zone })),
    {
      error: 'is not a time zone of the IANA database, such as Europe/Dublin',
    },
  );

/** A BCP 47 language tag, as `en-IE`. */
export const locale = z
  .string()
  .max(35)
  .refine(
    known((tag) => new Intl.Locale(tag)),
    { error: 'is not a language tag such as en-IE' },
  );

const negatives = z.enum(['minus', 'parentheses']);

/** Addresses have lines; everything else is one line. */
const address = z
  .string()
  .trim()
  .max(500)
  .regex(/^[\P{Cc}\n]*$/u, { error: 'has control characters' });

const INPUT = z.strictObject({
  name: requiredLine(200).optional(),
  legalName: line(200).optional(),
  registrationNumber: line(100).optional(),
  address: address.optional(),
  timeZone: timeZone.optional(),
  locale: locale.optional(),
  negatives: negatives.optional(),
  /** Code of the account that takes what rounding leaves over when units are converted; null for none. */
  roundingAccount: plain(64).nullable().optional(),
});

const CURRENT = `
  select name, legal_name as "legalName", registration_number as "registrationNumber", address,
    time_zone as "timeZone", locale, negatives, rounding_account_id as "roundingAccount" from books where id = $1`;

/** Writes settings to the book's row. */
async function saveSettings(client: pg.ClientBase, book: number, to: BookSettings): Promise<void> {
  await client.query(
    `update books set name = $2, legal_name = $3, registration_number = $4, address = $5, time_zone = $6,
       locale = $7, negatives = $8, rounding_account_id = $9 where id = $1`,
    [
      book,
      to.name,
      to.legalName,
      to.registrationNumber,
      to.address,
      to.timeZone,
      to.locale,
      to.negatives,
      to.roundingAccount ?? null,
    ],
  );
}

/** The id of an open account, for its code. Refuses one that is unknown or closed. */
async function openAccountId(
  client: pg.ClientBase,
  book: number,
  code: string | null,
): Promise<AccountId | null> {
  if (code === null) return null;
  const field = 'roundingAccount';
  const account = (await accountsByCode(client, book, [code])).get(code);
  if (!account) return refuse({ code: 'account-unknown', field, account: code });
  return account.closed ? refuse({ code: 'account-closed', field, account: code }) : account.id;
}

/** What isn't given stays as it is. */
export const changeBookSettings: UseCase<z.output<typeof INPUT>, BookSettings> = {
  name: 'changeBookSettings',
  action: 'book.settings',
  input: INPUT,
  async decide(client, book, { roundingAccount: code, ...input }) {
    const current = (await client.query<BookSettings>(CURRENT, [book.id])).rows[0]!;
    const given = Object.entries(input).filter(([, value]) => value !== undefined);
    const settings: BookSettings = {
      ...{ ...current, ...Object.fromEntries(given) },
      ...(code !== undefined && { roundingAccount: await openAccountId(client, book.id, code) }),
    };
    const same = JSON.stringify(settings) === JSON.stringify(current);
    return {
      events: same ? [] : [{ type: 'BookSettingsChanged', settings }],
      result: settings,
      access: { bookIds: [book.id] },
      apply: (db) => saveSettings(db, book.id, settings),
    };
  },
};
