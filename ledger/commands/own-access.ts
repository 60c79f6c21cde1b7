// One's own password and API keys. A key's secret is shown once and kept as its SHA-256 only.
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hashPassword, LEAST_PASSWORD, passwordMatches } from '#ledger/store/passwords.ts';
import { refuse } from './answer.ts';
import { plain, requiredLine } from './input-shapes.ts';
import type { OwnUseCase } from './run-for-user.ts';

const PASSWORD = z.strictObject({ current: z.string().max(1000), next: z.string().max(1000) });
const KEY = z.strictObject({
  name: requiredLine(100),
  /** Slug of the only book that the key opens. */
  book: plain(64).optional(),
});
const REVOCATION = z.strictObject({ id: z.int().positive().max(2_147_483_647) });

const PREFIX_LENGTH = 12;

/** Ends every session of the user: their tokens carry the epoch before. */
export const changePassword: OwnUseCase<z.output<typeof PASSWORD>, Record<string, never>> = {
  name: 'changePassword',
  input: PASSWORD,
  receipt: false,
  async run(client, userId, { current, next }) {
    const { rows } = await client.query<{ password_hash: string }>(
      'select password_hash from users where id = $1',
      [userId],
    );
    if (!(await passwordMatches(rows[0]?.password_hash ?? null, current))) {
      return refuse({ code: 'password-wrong', field: 'current' });
    }
    if (next.length < LEAST_PASSWORD) {
      return refuse({ code: 'password-too-short', field: 'next', least: LEAST_PASSWORD });
    }
    await client.query('update users set password_hash = $2, epoch = epoch + 1 where id = $1', [
      userId,
      await hashPassword(next),
    ]);
    return { result: {}, access: { userIds: [userId] } };
  },
};

export const issueApiKey: OwnUseCase<z.output<typeof KEY>, { id: number; key: string }> = {
  name: 'issueApiKey',
  input: KEY,
  receipt: true,
  async run(client, userId, { name, book: slug }) {
    const book =
      slug === undefined
        ? null
        : ((
            await client.query<{ id: number }>(
              'select b.id from books b join memberships m on m.book_id = b.id where b.slug = $1 and m.user_id = $2',
              [slug, userId],
            )
          ).rows[0]?.id ?? refuse({ code: 'book-not-found', field: 'book' }));
    const key = `dbk_${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(key).digest('hex');
    const inserted = await client.query<{ id: number }>(
      'insert into api_keys (user_id, book_id, name, hash, prefix) values ($1, $2, $3, $4, $5) returning id',
      [userId, book, name, hash, key.slice(0, PREFIX_LENGTH)],
    );
    const id = inserted.rows[0]!.id;
    // A key is worth nothing to readers who don't know its owner yet.
    const access = { userIds: [userId], apiKeyHashes: [hash] };
    return { result: { id, key }, kept: { id, key: '' }, access };
  },
};

export const revokeApiKey: OwnUseCase<z.output<typeof REVOCATION>, { id: number }> = {
  name: 'revokeApiKey',
  input: REVOCATION,
  receipt: true,
  async run(client, userId, { id }) {
    const { rows } = await client.query<{ hash: string }>(
      `update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp())
       where id = $1 and user_id = $2 returning hash`,
      [id, userId],
    );
    const hash = rows[0]?.hash ?? refuse({ code: 'api-key-not-found', field: 'id' });
    return { result: { id }, access: { apiKeyHashes: [hash] } };
  },
};
