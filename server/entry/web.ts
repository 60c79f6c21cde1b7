// The web process: Next.js with the rooms that its screens reach through `app/_server/rooms.ts`.
import { createServer } from 'node:http';
import next from 'next';
import { readBudgetCsv } from '#ledger/formats/budget-csv.ts';
import { INVARIANT_LIST, listedReport, REPORT_LIST, viewOf } from '#reports/catalogue/registry.ts';
import { viewName } from '#reports/catalogue/view.ts';
import { createAuditPool } from '#workers/audit-pool.ts';
import type { FigureQuestion } from '#workers/figure-found.ts';
import { figureLines } from '#workers/figure-lines.ts';
import { serviceConfig, setSignInAddress } from '../config.ts';
import { createLog } from '../log.ts';
import { openLedgerSide } from './open-ledger-side.ts';
import { runEntry, whenStopped } from './run-entry.ts';

/** What auditors ask stands behind the worker. */
const AUDIT_NICENESS = 15;

await runEntry(async () => {
  const config = serviceConfig();
  const log = createLog('web', config.logLevel);
  const side = await openLedgerSide(config, log);
  const { commands, queries, documents } = side;
  const { publicUrl, secureCookies, authSecret, databaseUrl, mongoUrl } = config;
  const audit = createAuditPool({ databaseUrl, mongoUrl, niceness: AUDIT_NICENESS });
  Object.assign(globalThis, {
    [Symbol.for('daybook.rooms')]: {
      commands,
      queries,
      documents,
      asked: documents.asked,
      reports: REPORT_LIST,
      listedReport,
      viewOf,
      viewName,
      readBudgetCsv,
      invariants: INVARIANT_LIST,
      activity: documents.activity,
      standing: documents.standing,
      figureLines: (question: FigureQuestion) => figureLines(side.store, question),
      audit,
      config: { publicUrl, secureCookies, authSecret },
    },
  });
  setSignInAddress(publicUrl);
  const dev = config.development;
  const web = next({ dev, hostname: '127.0.0.1', port: config.webPort });
  await web.prepare();
  const handle = web.getRequestHandler();
  const server = createServer((request, response) => {
    handle(request, response).catch((err: unknown) => {
      log.error({ err, path: request.url }, 'a page failed');
      response.destroy();
    });
  });
  if (dev) server.on('upgrade', web.getUpgradeHandler());
  // Longer than the front door keeps its connections, so that it never writes into a closed one.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(config.webPort, '127.0.0.1', resolve));
  log.info({ port: config.webPort }, 'listening');
  whenStopped(async () => {
    server.close();
    server.closeIdleConnections();
    await audit.close();
    await side.close();
  });
});
