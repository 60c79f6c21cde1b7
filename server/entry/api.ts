// The API's process: Fastify over the same commands as the screens.
import { buildApi } from '#api/build-api.ts';
import { explain, statusOf } from '#ledger/domain/refusal-sentences.ts';
import type { MembershipCopy } from '#reports/documents/reader.ts';
import { createAuditPool } from '#workers/audit-pool.ts';
import { serviceConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { sessionCookieName } from '../session/cookie.ts';
import { createSessionCheck } from '../session/session-check.ts';
import { stepBack } from '../step-back.ts';
import { openBookFile } from './open-book-file.ts';
import { openLedgerSide } from './open-ledger-side.ts';
import { runEntry, whenStopped } from './run-entry.ts';

/** Behind the front door. */
const NICENESS = 2;
/** What auditors ask stands behind the worker. */
const AUDIT_NICENESS = 15;

await runEntry(async () => {
  stepBack(NICENESS);
  const config = serviceConfig();
  const log = createLog('api', config.logLevel);
  const side = await openLedgerSide(config, log);
  const { commands, queries, documents } = side;
  const sessions = createSessionCheck<MembershipCopy>({
    secret: config.authSecret,
    cookieName: sessionCookieName(config.secureCookies),
    // The ledger is asked first; while it is away the copies on the read side do.
    person: (id) => queries.accessOfUser(id).catch(() => documents.person(id)),
    apiKey: (hash) => queries.apiKeyByHash(hash).catch(() => documents.apiKey(hash)),
  });
  const { databaseUrl, mongoUrl } = config;
  const audit = createAuditPool({ databaseUrl, mongoUrl, niceness: AUDIT_NICENESS });
  const api = await buildApi({
    commands,
    queries,
    documents,
    sessions,
    openExport: (id, format) => openBookFile(side.store, id, format),
    verify: audit.verify,
    explain,
    statusOf,
    fault: (err, what) => log.error({ err, what }, 'a request failed'),
  });
  await api.listen({ port: config.apiPort, host: '127.0.0.1' });
  log.info({ port: config.apiPort }, 'listening');
  whenStopped(async () => {
    await api.close();
    await audit.close();
    await side.close();
  });
});
