// A document's bytes and its digest: the SHA-256 of the JSON it is stored as. Key order is the order in which the
// catalogue builds the object, so equal documents have equal bytes; neither clock nor `asOf` is part of them.
import { createHash } from 'node:crypto';
import type { ReportBody, ReportRow } from './report.ts';

/** Rows of a page as stored. The book is part of it, so no two books share a page. */
export interface PageBody {
  readonly schemaVersion: number;
  readonly book: number;
  readonly rows: readonly ReportRow[];
}

export interface Sealed {
  readonly digest: string;
  readonly json: string;
}

/** The bytes under which a body or page is stored, and their digest. */
export function seal(content: ReportBody | PageBody): Sealed {
  const json = JSON.stringify(content);
  return { digest: createHash('sha256').update(json).digest('hex'), json };
}
