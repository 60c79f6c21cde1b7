// The read path for what is in memory: the same checks in the same order as `deliver-report.ts`, none of which waits
// for anybody or makes anything. Whatever isn't known here goes the long way, which remembers the address.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { isPermitted } from '#ledger/domain/permissions.ts';
import type { BookCopy, MembershipCopy } from '#reports/documents/reader.ts';
import type { Session, SessionCheck } from '#server/session/session-check.ts';
import { roleOf } from './authorise.ts';
import type { ReportFiles } from './file-bytes.ts';
import { headKey } from './head-cache.ts';
import type { HeadSource } from './head-source.ts';
import { answersAt, type ReadyFile, type ReportSlot, tagMatches } from './report-slot.ts';
import { isHeld } from './report-slots.ts';

export interface QuickParts {
  readonly sessions: Pick<SessionCheck<MembershipCopy>, 'recognise'>;
  /** The copy that is remembered of a book, if any. */
  knownBook(slug: string): BookCopy | null | undefined;
  readonly heads: Pick<HeadSource, 'peek'>;
  readonly files: Pick<ReportFiles, 'inMemory'>;
  served(slot: ReportSlot, ready: ReadyFile): void;
}

/** An address that was answered before. */
interface Route {
  /** The copy that was read then: a newer one may have another calendar or be another book. */
  readonly book: BookCopy;
  readonly key: string;
  readonly slot: ReportSlot;
  /** 0 where the address names none. */
  readonly minPosition: number;
}

export interface QuickAnswer {
  /** @returns the slot that was answered from, or null when the request goes the long way. */
  answer(request: IncomingMessage, response: ServerResponse): ReportSlot | null;
  /** @param target as the request has it. */
  remember(target: string, book: BookCopy, slot: ReportSlot): void;
}

const MOST_ROUTES = 50_000;
/** Longer targets aren't remembered, nor those that ask for anything but a file and how fresh it must be. */
const LONGEST = 200;
const PLAIN = /^[^?]+(?:\?minPosition=(\d{1,10}))?$/;

export function createQuickAnswer(parts: QuickParts): QuickAnswer {
  const routes = new LRUCache<string, Route>({ max: MOST_ROUTES });
  return {
    remember(target, book, slot) {
      const [, minPosition = '0'] = PLAIN.exec(target) ?? [];
      if (target.length > LONGEST || !PLAIN.test(target)) return;
      const { report, period } = slot.address;
      const key = headKey(report, period);
      routes.set(target, { book, slot, key, minPosition: +minPosition });
    },
    answer(request, response) {
      if (request.method !== 'GET') return null;
      const route = routes.get(request.url ?? '');
      if (!route) return null;
      const session = parts.sessions.recognise(request.headers);
      if (!session || !mayRead(session, route.book)) return null;
      const { book, slot, key, minPosition } = route;
      if (parts.knownBook(book.slug) !== book) return null;
      const at = parts.heads.peek(book.id, key);
      const { ready } = slot;
      if (!at || !ready || at.position < minPosition) return null;
      const current = isOf(ready, slot, at.head.digest, at.head.computedAt);
      if (!current && (minPosition > 0 || !isHeld(slot))) return null;
      if (current) slot.currentAt = performance.now();
      const position = current ? at.position : ready.position;
      const { ok, notModified } = answersAt(slot, ready, position);
      if (tagMatches(request.headers['if-none-match'], ready.etag)) {
        response.writeHead(304, notModified as string[]).end();
      } else {
        const bytes = parts.files.inMemory(ready.bytesKey);
        if (!bytes) return null;
        response.writeHead(200, ok as string[]).end(bytes);
      }
      parts.served(slot, ready);
      return slot;
    },
  };
}

const mayRead = (session: Session<MembershipCopy>, book: BookCopy): boolean => {
  if (session.bookLimit !== null && session.bookLimit !== book.id) return false;
  const role = roleOf(session, book.id);
  return role !== undefined && isPermitted(role, 'report.read');
};

/** JSON also says when its document was computed, so an equal digest isn't enough. */
const isOf = (ready: ReadyFile, slot: ReportSlot, digest: string, computedAt: string): boolean =>
  ready.digest === digest && (slot.address.format !== 'json' || ready.computedAt === computedAt);
