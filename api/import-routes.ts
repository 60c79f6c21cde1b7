// Imports: the file is the body, streamed to storage as it comes and accepted at once; a worker does the rest.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ACCOUNT_TYPES } from '#ledger/domain/account.ts';
import { callOf, numberParam, requireCaller } from './api-caller.ts';
import { ProblemError } from './api-problems.ts';
import type { ApiRooms } from './api-rooms.ts';
import { commandRoute, jsonText, sendAnswer } from './run-command.ts';

const IN = '/api/v1/books/:book/imports';
const JSON_TYPE = 'application/json; charset=utf-8';
const FORMATS = ['csv', 'hledger', 'ledger', 'beancount', 'saft'];
const CLOSING_ENTRIES = ['recognise', 'keep-kind'];
const LARGEST = 1024 * 1024 * 1024;

const FLAG = { type: 'boolean', default: false };
const CONFIRMATION = {
  type: 'object',
  properties: {
    closingEntries: {
      ...{ type: 'string', enum: CLOSING_ENTRIES, default: 'recognise' },
      description:
        'Whether entries that bring the income and expenses of a year to zero on its last day become closing entries, or stay ordinary. Entries that say their kind keep it.',
    },
  },
};
const UPLOAD = {
  type: 'object',
  required: ['format'],
  properties: {
    format: { type: 'string', enum: FORMATS },
    fileName: { type: 'string', maxLength: 200 },
    createAccounts: { ...FLAG, description: 'Opens accounts that the book doesn’t have.' },
    createParties: {
      ...FLAG,
      description: 'Adds customers and suppliers that lines name and the book doesn’t have.',
    },
    createValues: { ...FLAG, description: 'The same for dimensions and their values.' },
    types: {
      type: 'string',
      description: 'Types of new accounts by root or whole name: Vermögen:asset,Ertrag:income',
    },
    preview: { ...FLAG, description: 'Waits for a confirmation before anything is posted.' },
    again: { ...FLAG, description: 'Takes a file that was imported before.' },
    openingDate: { type: 'string', format: 'date' },
    openingDifference: { type: 'string', description: 'Code of an account.' },
    ...CONFIRMATION.properties,
  },
};

export function importRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  // Whatever a file claims to be, it is bytes here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  app.get(IN, { schema: { summary: 'Imports' } }, async (request, reply) => {
    const { book } = await requireCaller(rooms, request, 'import.read');
    return reply.type(JSON_TYPE).send(jsonText({ imports: await queries.imports(book.id) }));
  });
  app.post(
    IN,
    { schema: { summary: 'Start an import; the body is the file', querystring: UPLOAD } },
    async (request, reply) => {
      const { session, book } = await requireCaller(rooms, request, 'import.run');
      const input = { ...uploadOptions(request), file: bounded(request.raw) };
      const answer = await commands.startImport(callOf(request, session, book.id), input);
      // A refused upload is read to its end, so that the client hears why.
      if (!answer.ok) request.raw.resume();
      const location = ({ id }: { readonly id: number }) =>
        `/api/v1/books/${book.slug}/imports/${id}`;
      return sendAnswer(rooms, reply, answer, { status: 202, location });
    },
  );
  app.get(`${IN}/:id`, { schema: { summary: 'One import' } }, async (request, reply) => {
    const { book } = await requireCaller(rooms, request, 'import.read');
    const found = await queries.importById(book.id, numberParam(request, 'id'));
    if (found)
      return reply.header('cache-control', 'no-store').type(JSON_TYPE).send(jsonText(found));
    throw new ProblemError({
      status: 404,
      code: 'no-such-import',
      title: 'There is no such import',
    });
  });
  const input = (request: FastifyRequest) => ({ id: numberParam(request, 'id') });
  const confirmation = (request: FastifyRequest) => ({
    ...input(request),
    ...closingEntries(request),
  });
  app.post(
    `${IN}/:id/confirm`,
    { schema: { summary: 'Post a previewed import', querystring: CONFIRMATION } },
    commandRoute(rooms, 'import.run', commands.confirmImport, { status: 202, input: confirmation }),
  );
  app.post(
    `${IN}/:id/abandon`,
    { schema: { summary: 'Abandon a previewed import' } },
    commandRoute(rooms, 'import.run', commands.abandonImport, { input }),
  );
}

const bad = (field: string, detail: string): never => {
  throw new ProblemError({
    status: 400,
    code: 'bad-option',
    title: `${field} cannot be read`,
    detail,
    field,
  });
};

/** What is said of entries that close a year and don’t say so; nothing: as the import began. */
function closingEntries(request: FastifyRequest): { closingEntries?: string } {
  const { closingEntries: said } = request.query as Record<string, string | string[] | undefined>;
  if (said === undefined) return {};
  return typeof said === 'string' && CLOSING_ENTRIES.includes(said)
    ? { closingEntries: said }
    : bad('closingEntries', `It is one of ${CLOSING_ENTRIES.join(', ')}.`);
}

function uploadOptions(request: FastifyRequest): object {
  const query = request.query as Record<string, string | string[] | undefined>;
  const flag = (field: string): boolean => {
    const value = query[field] ?? 'false';
    return value === 'true' || value === 'false'
      ? value === 'true'
      : bad(field, 'It is true or false.');
  };
  const format = query.format;
  if (typeof format !== 'string' || !FORMATS.includes(format)) {
    return bad('format', `It is one of ${FORMATS.join(', ')}.`);
  }
  const types: Record<string, string> = {};
  for (const pair of [query.types ?? []].flat().join(',').split(',').filter(Boolean)) {
    const [, root, type] = /^(.+)[:=]([a-z]+)$/.exec(pair.trim()) ?? [];
    if (!root || !ACCOUNT_TYPES.some((known) => known === type)) {
      return bad(
        'types',
        `Say root:type, separated by commas; types are ${ACCOUNT_TYPES.join(', ')}.`,
      );
    }
    types[root] = type!;
  }
  const name = query.fileName;
  const fileName =
    typeof name === 'string' && name !== '' ? name.slice(0, 200) : `import.${format}`;
  const given = (field: string) => {
    const value = query[field];
    return typeof value === 'string' && value !== '' ? { [field]: value } : {};
  };
  const options = {
    createAccounts: flag('createAccounts'),
    createParties: flag('createParties'),
    createValues: flag('createValues'),
    types,
    preview: flag('preview'),
    again: flag('again'),
    ...closingEntries(request),
    ...given('openingDate'),
    ...given('openingDifference'),
  };
  return { format, fileName, options };
}

async function* bounded(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LARGEST) {
      throw new ProblemError({
        status: 413,
        code: 'too-large',
        title: 'A file may have 1 GB at most',
      });
    }
    yield chunk;
  }
}
