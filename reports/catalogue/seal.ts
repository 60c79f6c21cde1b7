// A document's bytes and its digest: the SHA-256 of the JSON it is stored as. Key order is the order in which the
// catalogue builds the object, so equal documents have equal bytes; neither clock nor `asOf` is part of them.
import { hash } from 'node:crypto';
import type { NodeBody, PageBody } from './pages.ts';
import type { ReportBody } from './report.ts';

export interface Sealed {
  readonly digest: string;
  readonly json: string;
}

/** The bytes under which a body, page or node is stored, and their digest. */
export function seal(content: ReportBody | PageBody | NodeBody): Sealed {
  const json = JSON.stringify(content);
  return { digest: hash('sha256', json, 'hex'), json };
}

/** The digest of a pack of reports: over theirs, in their order. */
export const packDigest = (digests: readonly string[]): string =>
  hash('sha256', `pack ${digests.join(' ')}`, 'hex');
