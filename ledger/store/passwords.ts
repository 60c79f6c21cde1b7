// Passwords: argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane).
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** NIST SP 800-63B §5.1.1.2: eight characters at least; we ask for twelve. */
export const LEAST_PASSWORD = 12;

// The library's algorithm is argon2id unless told otherwise; a test reads it from the hash.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

let nobody: Promise<string> | undefined;

/** Whether the password is that of the hash. An unknown user (null) takes as long as a known one. */
export async function passwordMatches(known: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const same = await verify(known ?? (await nobody), password);
  return same && known !== null;
}

/** A first password for somebody, 96 bits. */
export const newPassword = (): string => randomBytes(12).toString('base64url');
