// A book with an API that verifies its documents in a thread of its own, and people of every role with keys.
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { buildApi } from '#api/build-api.ts';
import { createUser } from '#ledger/commands/create-user.ts';
import type { PeriodKey } from '#ledger/domain/calendar.ts';
import { ROLES } from '#ledger/domain/permissions.ts';
import { explain, statusOf } from '#ledger/domain/refusal-sentences.ts';
import type { ReportHead } from '#reports/catalogue/report.ts';
import { packDigest } from '#reports/catalogue/seal.ts';
import type { Documents } from '#reports/documents/documents.ts';
import { openDocuments } from '#reports/documents/open-documents.ts';
import type { MembershipCopy } from '#reports/documents/reader.ts';
import { drawPack } from '#reports/render/draw-pack.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { createSessionCheck } from '#server/session/session-check.ts';
import { accepted, type OpenBook, openBook, twoLines } from '#tests/ledger/open-book.ts';
import { createAuditPool } from '#workers/audit-pool.ts';
import { recomputeBook } from '#workers/recompute.ts';
import type { Verdict } from '#workers/verdict.ts';

export interface VerificationRig {
  readonly book: OpenBook;
  readonly documents: Documents;
  readonly input: () => Parameters<typeof recomputeBook>[0];
  /** Posts two lines: date, debit, credit, amount. The documents are current when it is done. */
  post(...of: Parameters<typeof twoLines>): Promise<void>;
  download(
    report: string,
    period: string,
  ): Promise<{ readonly head: ReportHead; readonly pdf: Buffer }>;
  downloadPack(reports: readonly string[], period: string): Promise<DownloadedPack>;
  /** Sends a PDF, or what is typed. @param who a role, `stranger` or nobody */
  ask(payload: Buffer | object, who?: string, type?: string): Promise<Asked>;
  close(): Promise<void>;
}

interface DownloadedPack {
  readonly digest: string;
  readonly digests: readonly string[];
  readonly position: number;
  readonly pdf: Buffer;
}

interface Asked {
  readonly status: number;
  readonly json: Verdict & { readonly code?: string };
}

export async function openVerification(): Promise<VerificationRig> {
  const book = await openBook();
  const { databaseUrl, dbName, mongoUrl } = book.rig;
  const documents = await openDocuments({ url: mongoUrl, dbName });
  const audit = createAuditPool({ databaseUrl, mongoUrl, dbName, niceness: 5 });
  const { commands, queries, store } = book;
  const api = await buildApi({
    ...{ commands, queries, documents, explain, statusOf, verify: audit.verify },
    sessions: createSessionCheck<MembershipCopy>({
      secret: randomBytes(32).toString('hex'),
      cookieName: 'session',
      person: (id) => queries.accessOfUser(id),
      apiKey: (hash) => queries.apiKeyByHash(hash),
    }),
    openExport: () => Promise.reject(new Error('not asked for here')),
    fault: (fault) => console.error(fault),
  });
  const keys = await keysOf(book);
  const input = () => ({ store, documents, bookId: book.bookId });

  async function post(...of: Parameters<typeof twoLines>): Promise<void> {
    accepted(await book.commands.postJournalEntry(book.call(), twoLines(...of)));
    await recomputeBook(input());
  }

  async function download(report: string, period: string) {
    const head = (await documents.head(book.bookId, report, period as PeriodKey)) as ReportHead;
    const body = (await documents.body(head.digest))!;
    const pipe = new PassThrough();
    const bytes = buffer(pipe);
    await drawPdf({ body, digest: head.digest, rows: () => documents.rowBatches(body) }, pipe);
    return { head, pdf: await bytes };
  }

  async function ask(payload: Buffer | object, who = 'auditor', type?: string) {
    const answer = await api.inject({
      ...{ method: 'POST', url: '/api/v1/books/test/verifications', payload },
      headers: {
        authorization: `Bearer ${keys.get(who)}`,
        'content-type': type ?? (Buffer.isBuffer(payload) ? 'application/pdf' : 'application/json'),
      },
    });
    return { status: answer.statusCode, json: answer.json() as Verdict & { code?: string } };
  }

  async function downloadPack(reports: readonly string[], period: string) {
    const found = await Promise.all(reports.map((report) => download(report, period)));
    const digests = found.map(({ head }) => head.digest);
    const digest = packDigest(digests);
    async function* opened() {
      for (const own of digests) {
        const body = (await documents.body(own))!;
        yield { body, digest: own, rows: () => documents.rowBatches(body) };
      }
    }
    const pipe = new PassThrough();
    const bytes = buffer(pipe);
    await drawPack({ digest, reports: opened }, pipe);
    const position = Math.max(...found.map(({ head }) => head.position));
    return { digest, digests, position, pdf: await bytes };
  }

  await post('2026-01-10', '1000', '4000', '100.00');
  await post('2026-02-10', '5000', '1000', '30.00');
  return {
    ...{ book, documents, input, post, download, downloadPack, ask },
    async close() {
      await api.close();
      await audit.close();
      await documents.close();
      await book.stop();
    },
  };
}

/** A key of a member in each role, and of a stranger. */
async function keysOf({ call, commands, store }: OpenBook): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const role of [...ROLES, 'stranger']) {
    const email = `${role}@people.example.org`;
    const password = randomBytes(9).toString('hex');
    const userId = await createUser(store, { email, name: role, password });
    if (role !== 'stranger') accepted(await commands.addMember(call(), { email, role }));
    const by = { actor: { userId, via: 'session' as const }, commandId: email };
    keys.set(role, accepted(await commands.issueApiKey(by, { name: role })).key);
  }
  return keys;
}
