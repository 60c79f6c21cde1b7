// Imports of a book: their progress, what they would do, what was wrong with them.
import type { LedgerStore } from '#ledger/store/connect-ledger.ts';

export interface ImportSummary {
  readonly id: number;
  readonly state:
    | 'queued'
    | 'running'
    | 'preview'
    | 'posting'
    | 'posted'
    | 'rejected'
    | 'abandoned';
  readonly format: string;
  readonly fileName: string;
  /** Bytes read, of all. */
  readonly done: number;
  readonly total: number;
  readonly entries: number;
  readonly postings: number;
  /** Position of its event; null until it is posted. */
  readonly position: number | null;
  readonly errorCount: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** A customer, supplier, dimension or value that a waiting import adds. */
interface NewMaster {
  readonly code: string;
  readonly name: string;
  readonly line: number;
}

export interface WholeImport extends ImportSummary {
  readonly firstNumber: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly digest: string | null;
  readonly errors: readonly { line: number; column: number; code: string; message: string }[];
  readonly newAccounts: readonly {
    readonly path: string;
    readonly name: string;
    readonly type: string | null;
    readonly line: number;
  }[];
  readonly newMasters: {
    readonly parties: readonly (NewMaster & { readonly role: 'customer' | 'supplier' | null })[];
    readonly dimensions: readonly NewMaster[];
    readonly values: readonly (NewMaster & { readonly dimensionName: string })[];
  };
  readonly preview: {
    readonly first: readonly {
      readonly line: number;
      readonly date: string;
      readonly description: string;
      readonly reference: string;
      readonly lines: readonly {
        readonly account: string;
        readonly amount: string;
        /** `-12.5 VHT`: of a line in another unit, whose amount is empty. */
        readonly units?: string;
      }[];
    }[];
    /** Entries that don’t say their kind and would be posted as closing entries. */
    readonly closing: readonly {
      readonly line: number;
      readonly date: string;
      readonly description: string;
    }[];
    readonly notes: readonly string[];
  } | null;
}

const SUMMARY = `
  i.id, i.state, i.format, i.file_name as "fileName", i.done::float8 as done, i.total::float8 as total, i.entries,
  i.postings, i.position, i.error_count as "errorCount", i.created_at as "createdAt", u.name as "createdBy",
  i.started_at as "startedAt", i.finished_at as "finishedAt"`;

type Times = 'createdAt' | 'startedAt' | 'finishedAt';
type Raw<Row extends ImportSummary> = Omit<Row, Times> & {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const readable = <Row extends ImportSummary>(row: Raw<Row>) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

/** The last hundred, newest first. */
export async function imports(store: LedgerStore, book: number): Promise<ImportSummary[]> {
  const { rows } = await store.pool.query<Raw<ImportSummary>>(
    `select ${SUMMARY} from imports i join users u on u.id = i.created_by
     where i.book_id = $1 order by i.id desc limit 100`,
    [book],
  );
  return rows.map(readable);
}

/** One import; null when the book has none of this id. */
export async function importById(
  store: LedgerStore,
  book: number,
  id: number,
): Promise<WholeImport | null> {
  if (id > 2_147_483_647) return null;
  const { rows } = await store.pool.query<Raw<WholeImport>>(
    `select ${SUMMARY}, i.first_number as "firstNumber", i.from_date::text as "from", i.to_date::text as "to",
       i.digest, i.errors, i.new_accounts as "newAccounts",
       i.new_masters as "newMasters", i.preview
     from imports i join users u on u.id = i.created_by where i.book_id = $1 and i.id = $2`,
    [book, id],
  );
  return rows[0] ? (readable(rows[0]) as WholeImport) : null;
}
