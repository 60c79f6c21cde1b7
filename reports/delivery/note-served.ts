// What the document store is told of downloads: that a document was downloaded, once, so that it is kept for ever; and
// now and then that its file is in demand, so that it is drawn ahead. Nothing is awaited, nothing is told per request.
import type { Documents } from '#reports/documents/documents.ts';
import type { ReadyFile, ReportSlot } from './report-slot.ts';

const DEMAND_EVERY_MS = 600_000;

export function noteServed(
  documents: Pick<Documents, 'keep' | 'drawings'>,
  fault: (fault: unknown, what: string) => void,
): (slot: ReportSlot, ready: ReadyFile) => void {
  return (slot, ready) => {
    if (!ready.kept) {
      ready.kept = true;
      documents.keep(ready.digest).catch((reason: unknown) => {
        ready.kept = false;
        fault(reason, 'keep');
      });
    }
    const now = performance.now();
    if (slot.address.format === 'json' || now - slot.demandAt < DEMAND_EVERY_MS) return;
    slot.demandAt = now;
    documents.drawings.noteDemand(slot.address).catch((reason: unknown) => fault(reason, 'demand'));
  };
}
