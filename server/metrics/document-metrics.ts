// What the document store knows of every book and process, in Prometheus' text format. Books go by their number: the
// address is open to whoever may reach it, and names are nobody's business there.
import type { DocumentsPosition } from '#reports/documents/reader.ts';
import type { ProcessNote } from '#reports/documents/standing.ts';

export interface DocumentStanding {
  readonly positions: readonly DocumentsPosition[];
  readonly processes: readonly ProcessNote[];
  /** Invariants that are violated. */
  readonly violated: readonly { readonly book: number; readonly name: string }[];
}

type Sample = readonly [labels: Readonly<Record<string, string | number>>, value: number];

/** @param standing null when the document store doesn't answer: the gauge says it, other counters are still read. */
export function documentMetrics(standing: DocumentStanding | null): string {
  const up = family('daybook_documents_up', 'gauge', 'The document store answers', [
    [{}, standing ? 1 : 0],
  ]);
  if (!standing) return `${up}\n`;
  const violated = family(
    'daybook_invariant_violated',
    'gauge',
    'An invariant that documents break: they stay as they were',
    standing.violated.map(({ book, name }) => [{ book, invariant: name }, 1]),
  );
  const families = [...bookFamilies(standing), ...processFamilies(standing), violated];
  return `${[up, ...families].join('\n\n')}\n`;
}

function bookFamilies({ positions, processes }: DocumentStanding): string[] {
  const late = new Map(
    processes.flatMap(({ ledger }) => ledger?.late ?? []).map((book) => [book.book, book]),
  );
  const each = (value: (position: DocumentsPosition) => number): Sample[] =>
    positions.map((position) => [{ book: position.book }, value(position)]);
  const last = (value: (last: NonNullable<DocumentsPosition['last']>) => number): Sample[] =>
    positions.flatMap((position): Sample[] =>
      position.last ? [[{ book: position.book }, value(position.last)]] : [],
    );
  const head = ({ book, head: known, position }: DocumentsPosition) =>
    Math.max(known, position, late.get(book)?.head ?? 0);
  // A worker's note is a few seconds old: what moved since is late no more.
  const isLate = (at: DocumentsPosition) => head(at) > at.position;
  const lag = (at: DocumentsPosition) => (isLate(at) ? (late.get(at.book)?.lagMs ?? 0) / 1000 : 0);
  return [
    family('daybook_book_head_position', 'gauge', 'Newest event heard of', each(head)),
    family(
      'daybook_book_documents_position',
      'gauge',
      'Every document is valid at this event',
      each((at) => at.position),
    ),
    family('daybook_book_lag_seconds', 'gauge', 'Age of the oldest event not shown', each(lag)),
    family(
      'daybook_recomputes_total',
      'counter',
      'Moves of documents since the book began',
      each((at) => at.recomputes),
    ),
    family(
      'daybook_last_recompute_seconds',
      'gauge',
      'Time of the last recompute',
      last(({ ms }) => ms / 1000),
    ),
    family(
      'daybook_last_recompute_documents',
      'gauge',
      'Documents that the last recompute moved',
      last(({ documents }) => documents),
    ),
    family(
      'daybook_last_recompute_lag_seconds',
      'gauge',
      'From an event’s recording to documents that show it, at the last recompute',
      last(({ lagMs }) => lagMs / 1000),
    ),
  ];
}

function processFamilies({ processes }: DocumentStanding): string[] {
  const kinds = ['worker', 'front-door'] as const;
  // Every worker sees the same ledger: the latest word counts.
  const ledger = processes
    .filter((note) => note.ledger !== null)
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0]?.ledger;
  const of = (kind: string) => processes.filter((note) => note.kind === kind);
  const waiting: Sample[] = ledger
    ? [
        [{ what: 'books' }, ledger.lateBooks],
        [{ what: 'imports' }, ledger.imports],
        [{ what: 'book wake-ups' }, ledger.wakeUps.book],
        [{ what: 'import wake-ups' }, ledger.wakeUps.import],
      ]
    : [];
  const renders = of('worker').reduce((sum, note) => sum + note.renders, 0);
  return [
    family(
      'daybook_processes',
      'gauge',
      'Processes heard of lately',
      kinds.map((kind) => [{ kind }, of(kind).length]),
    ),
    family('daybook_waiting', 'gauge', 'What waits for a worker', [
      ...waiting,
      [{ what: 'files drawn ahead' }, renders],
    ]),
  ];
}

function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}
