// Accounts and journal entries.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseDate } from '#ledger/domain/calendar.ts';
import { numberParam, requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiRooms, EntryFilter } from './api-rooms.ts';
import { bodyWith, commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book';
const JSON_TYPE = 'application/json; charset=utf-8';
const codeOf = (request: FastifyRequest): string => (request.params as { code: string }).code;

export function accountRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  app.get(
    `${IN}/accounts`,
    { schema: { summary: 'Chart of accounts' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'account.read');
      return reply.type(JSON_TYPE).send(jsonText({ accounts: await queries.chart(book.id) }));
    },
  );
  app.post(
    `${IN}/accounts`,
    { schema: { summary: 'Open an account' } },
    commandRoute(rooms, 'account.change', commands.openAccount, { status: 201 }),
  );
  const changes = [
    ['name', 'Rename an account', commands.renameAccount],
    ['code', 'Give an account another code', commands.recodeAccount],
    ['type', 'Change the type of an account', commands.retypeAccount],
    ['tags', 'Say which tags an account has', commands.tagAccount],
    ['cash-flow', 'Say how an account counts in the cash flow statement', commands.classifyAccount],
  ] as const;
  for (const [part, summary, command] of changes) {
    app.put(
      `${IN}/accounts/:code/${part}`,
      { schema: { summary } },
      commandRoute(rooms, 'account.change', command, {
        // The address says which account; the body says what it becomes.
        input: (request) =>
          part === 'code'
            ? { code: codeOf(request), newCode: (request.body as { code?: unknown } | null)?.code }
            : bodyWith(request, { code: codeOf(request) }),
      }),
    );
  }
  app.post(
    `${IN}/accounts/:code/close`,
    { schema: { summary: 'Close an account' } },
    commandRoute(rooms, 'account.change', commands.closeAccount, {
      input: (request) => ({ code: codeOf(request) }),
    }),
  );
}

export function entryRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  const location = (slug: string, { number }: { readonly number: number }) =>
    `/api/v1/books/${slug}/journal-entries/${number}`;

  app.get(
    `${IN}/journal-entries`,
    { schema: { summary: 'Journal entries' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'journal.read');
      return reply
        .type(JSON_TYPE)
        .send(jsonText(await queries.journal(book.id, filterOf(request))));
    },
  );
  app.post(
    `${IN}/journal-entries`,
    { schema: { summary: 'Post a journal entry' } },
    commandRoute(rooms, 'entry.post', commands.postJournalEntry, { status: 201, location }),
  );
  app.post(
    `${IN}/closings`,
    { schema: { summary: 'Close a fiscal year' } },
    commandRoute(rooms, 'book.lock', commands.closeYear, { status: 201, location }),
  );
  app.get(
    `${IN}/journal-entries/:number`,
    { schema: { summary: 'One entry' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'journal.read');
      const entry = await queries.entryByNumber(book.id, numberParam(request, 'number'));
      if (entry) return reply.type(JSON_TYPE).send(jsonText(entry));
      throw new ProblemError({
        status: 404,
        code: 'no-such-entry',
        title: 'There is no such entry',
      });
    },
  );
  app.post(
    `${IN}/journal-entries/:number/reversal`,
    { schema: { summary: 'Reverse an entry' } },
    commandRoute(rooms, 'entry.reverse', commands.reverseEntry, {
      status: 201,
      input: (request) => bodyWith(request, { number: numberParam(request, 'number') }),
      location,
    }),
  );
}

function filterOf(request: FastifyRequest): EntryFilter {
  const query = request.query as Record<string, string | string[] | undefined>;
  const bad = (field: string): never => {
    throw new ProblemError({
      status: 400,
      code: 'bad-filter',
      title: `${field} cannot be read`,
      field,
    });
  };
  const text = (field: string): string | undefined => {
    const value = query[field];
    return value === undefined || (typeof value === 'string' && value.length <= 200)
      ? value
      : bad(field);
  };
  const day = (field: string): string | undefined => {
    const value = text(field);
    return value === undefined || parseDate(value) ? value : bad(field);
  };
  const filter = {
    from: day('from'),
    to: day('to'),
    account: text('account'),
    kind: text('kind'),
    text: text('text'),
  };
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), page: pageOf(request) };
}

function pageOf(request: FastifyRequest): number {
  const { page = '1' } = request.query as Record<string, string | string[] | undefined>;
  if (typeof page === 'string' && /^[1-9]\d{0,6}$/.test(page)) return +page;
  throw new ProblemError({
    status: 400,
    code: 'bad-filter',
    title: 'page cannot be read',
    field: 'page',
  });
}

export function unitRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  app.get(
    `${IN}/units`,
    { schema: { summary: 'Commodities that the book defined' } },
    async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'account.read');
      return reply.type(JSON_TYPE).send(jsonText({ units: await queries.units(book.id) }));
    },
  );
  app.post(
    `${IN}/units`,
    { schema: { summary: 'Define a commodity' } },
    commandRoute(rooms, 'unit.change', commands.defineUnit, { status: 201 }),
  );
  app.post(
    `${IN}/revaluations`,
    { schema: { summary: 'Revalue currencies at a month’s end' } },
    commandRoute(rooms, 'entry.post', commands.revalueCurrencies, { status: 201 }),
  );
  app.get(`${IN}/rates`, { schema: { summary: 'Rates' } }, async (request, reply) => {
    const { book } = await requireCaller(rooms, request, 'account.read');
    return reply.type(JSON_TYPE).send(jsonText(await queries.rates(book.id, pageOf(request))));
  });
  app.post(
    `${IN}/rates`,
    { schema: { summary: 'Record rates' } },
    commandRoute(rooms, 'unit.change', commands.recordRates, { status: 201 }),
  );
}
