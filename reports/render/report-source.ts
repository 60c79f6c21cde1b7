// What every writer of files is given: a body, its digest, and its rows as a stream that can be started again.
import type { ReportBody, ReportRow } from '#reports/catalogue/report.ts';

export interface ReportSource {
  readonly body: ReportBody;
  readonly digest: string;
  /** All rows in order. Each call starts from the first; a writer may read them twice. */
  rows(): AsyncIterable<readonly ReportRow[]>;
}
