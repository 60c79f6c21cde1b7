// How a screen reaches the ledger and the documents. `server/entry/web.ts` puts them here before Next starts in the same
// process, so that Next never bundles a database driver.
import type { LedgerCommands } from '#ledger/commands/ledger-commands.ts';
import type { readBudgetCsv } from '#ledger/formats/budget-csv.ts';
import type { LedgerQueries } from '#ledger/queries/ledger-queries.ts';
import type {
  ListedInvariant,
  ListedReport,
  listedReport,
  viewOf,
} from '#reports/catalogue/registry.ts';
import type { viewName } from '#reports/catalogue/view.ts';
import type { Activity } from '#reports/documents/activity.ts';
import type { Asked } from '#reports/documents/asked.ts';
import type { DocumentsReader } from '#reports/documents/reader.ts';
import type { Standing } from '#reports/documents/standing.ts';
import type { AuditPool } from '#workers/audit-pool.ts';
import type { FigureLines, FigureQuestion } from '#workers/figure-found.ts';
import type { FigureParts } from '#workers/figure-parts.ts';

export interface Rooms {
  readonly commands: LedgerCommands;
  readonly queries: LedgerQueries;
  readonly documents: DocumentsReader;
  /** Asks for documents that aren't kept yet. */
  readonly asked: Pick<Asked, 'ask' | 'noteRead'>;
  /** Every report there is, in the order of the list. */
  readonly reports: readonly ListedReport[];
  /** A report, or a view of one, by its name. */
  readonly listedReport: typeof listedReport;
  readonly viewOf: typeof viewOf;
  readonly viewName: typeof viewName;
  /** Reads a budget's file. */
  readonly readBudgetCsv: typeof readBudgetCsv;
  /** What the worker checks on every set of documents, report by report. */
  readonly invariants: readonly ListedInvariant[];
  /** How busy books are, what waits, what the last checks found. */
  readonly activity: Pick<Activity, 'steps'>;
  readonly standing: Pick<Standing, 'processes' | 'checks' | 'invariants'>;
  /** The lines of the journal behind an amount of a document, or the parts of a consolidated one. */
  readonly figureLines: (question: FigureQuestion) => Promise<FigureLines | FigureParts | null>;
  /** Reports as they were known; takes its time, one at a time. */
  readonly audit: Pick<AuditPool, 'show' | 'file'>;
  readonly config: {
    readonly publicUrl: string;
    readonly secureCookies: boolean;
    readonly authSecret: string;
  };
}

const KEY = Symbol.for('daybook.rooms');

/** The running rooms. @throws when Next was started on its own, without `server/entry/web.ts`. */
export function rooms(): Rooms {
  const found = (globalThis as Record<symbol, unknown>)[KEY] as Rooms | undefined;
  if (!found)
    throw new Error('Daybook’s rooms are missing: start with `npm start` or `npm run dev`.');
  return found;
}
