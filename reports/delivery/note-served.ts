// What the document store is told of downloads: that a document was downloaded, once, so that it is kept for ever (of a
// pack: each of its reports); and now and then that its file is in demand, so that it is drawn ahead. Nothing is awaited, nothing is told per request.
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { viewOf } from '#reports/catalogue/registry.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { type ReadyFile, type ReportSlot, reportsOfPack } from './report-slot.ts';

const DEMAND_EVERY_MS = 600_000;
/** Bodies that nothing points to any more stay for minutes: there is time to tell of many at once. */
const KEEP_EVERY_MS = 1_000;

interface Served {
  readonly at: Pick<ReportSlot['address'], 'book' | 'report'>;
  readonly digest: string;
  readonly ready: ReadyFile;
}

export interface NoteServed {
  (slot: ReportSlot, ready: ReadyFile): void;
  /** Tells what has not been told yet. */
  close(): Promise<void>;
}

export function noteServed(
  documents: Pick<Documents, 'asked' | 'keep' | 'drawings'>,
  fault: (fault: unknown, what: string) => void,
): NoteServed {
  let served: Served[] = [];
  let timer: NodeJS.Timeout | null = null;
  const tell = async () => {
    timer = null;
    const told = Map.groupBy(served, ({ at: { book, report } }) => `${book}/${report}`);
    served = [];
    const telling = [...told.values()].map(async (own) => {
      const digests = own.map(({ digest }) => digest);
      await documents.keep(own[0]!.at, digests).catch((reason: unknown) => {
        for (const { ready } of own) ready.kept = false;
        fault(reason, 'keep');
      });
    });
    await Promise.all(telling);
  };
  const note = (slot: ReportSlot, ready: ReadyFile) => {
    if (!ready.kept) {
      ready.kept = true;
      served.push(...documentsOf(slot, ready));
      timer ??= setTimeout(() => void tell(), KEEP_EVERY_MS);
    }
    if (ready.parts) return;
    const now = performance.now();
    if (now - slot.demandAt < DEMAND_EVERY_MS) return;
    slot.demandAt = now;
    const { book, format, report } = slot.address;
    if (viewOf(report)) {
      const period = slot.address.period as PeriodKey;
      const noted = documents.asked.noteRead({ book, report, period });
      noted.catch((reason: unknown) => fault(reason, 'reading'));
    }
    if (format === 'json') return;
    documents.drawings.noteDemand(slot.address).catch((reason: unknown) => fault(reason, 'demand'));
  };
  return Object.assign(note, {
    async close() {
      if (timer) clearTimeout(timer);
      await tell();
    },
  });
}

/** What a file shows: a document, or those of a pack. */
function documentsOf({ address }: ReportSlot, ready: ReadyFile): Served[] {
  const { digest, parts } = ready;
  if (!parts) return [{ at: address, digest, ready }];
  const reports = reportsOfPack(address);
  return parts.map((own, at) => ({
    at: { book: address.book, report: reports[at]! },
    ...{ digest: own, ready },
  }));
}
