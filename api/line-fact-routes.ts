// What lines may name beside their account: customers and suppliers, dimensions, tax codes.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireCaller } from './api-caller.ts';
import type { ApiRooms } from './api-rooms.ts';
import { bodyWith, commandRoute, jsonText } from './run-command.ts';

const IN = '/api/v1/books/:book';
const JSON_TYPE = 'application/json; charset=utf-8';
const params = (request: FastifyRequest) => request.params as Record<string, string>;

export function lineFactRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands, queries } = rooms;
  const lists = [
    ['parties', 'Customers and suppliers', 'parties'],
    ['dimensions', 'Dimensions with their values', 'dimensions'],
    ['tax-codes', 'Tax codes with their rates', 'taxCodes'],
  ] as const;
  for (const [path, summary, key] of lists) {
    app.get(`${IN}/${path}`, { schema: { summary } }, async (request, reply) => {
      const { book } = await requireCaller(rooms, request, 'account.read');
      return reply.type(JSON_TYPE).send(jsonText({ [key]: await queries[key](book.id) }));
    });
  }
  app.post(
    `${IN}/parties`,
    { schema: { summary: 'Add a customer or supplier' } },
    commandRoute(rooms, 'party.change', commands.addParty, { status: 201 }),
  );
  app.patch(
    `${IN}/parties/:code`,
    { schema: { summary: 'Rename, close or open again a customer or supplier' } },
    commandRoute(rooms, 'party.change', commands.changeParty, {
      input: (request) => bodyWith(request, { code: params(request)['code'] }),
    }),
  );
  app.put(
    `${IN}/accounts/:code/controls`,
    { schema: { summary: 'Make an account a control account, or an ordinary one' } },
    commandRoute(rooms, 'account.change', commands.designateAccount, {
      input: (request) => bodyWith(request, { code: params(request)['code'] }),
    }),
  );
  dimensionRoutes(app, rooms);
  taxRoutes(app, rooms);
}

function dimensionRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands } = rooms;
  const change = 'dimension.change';
  app.post(
    `${IN}/dimensions`,
    { schema: { summary: 'Define a dimension' } },
    commandRoute(rooms, change, commands.defineDimension, { status: 201 }),
  );
  app.post(
    `${IN}/dimensions/:dimension/values`,
    { schema: { summary: 'Add a value to a dimension' } },
    commandRoute(rooms, change, commands.addDimensionValue, {
      status: 201,
      input: (request) => bodyWith(request, { dimension: params(request)['dimension'] }),
    }),
  );
  app.patch(
    `${IN}/dimensions/:dimension/values/:code`,
    { schema: { summary: 'Rename, close or open again a value' } },
    commandRoute(rooms, change, commands.changeDimensionValue, {
      input: (request) => bodyWith(request, params(request)),
    }),
  );
  app.put(
    `${IN}/accounts/:code/dimensions`,
    { schema: { summary: 'Say which dimensions lines of an account must name' } },
    commandRoute(rooms, change, commands.requireDimensions, {
      input: (request) => bodyWith(request, { account: params(request)['code'] }),
    }),
  );
}

function taxRoutes(app: FastifyInstance, rooms: ApiRooms): void {
  const { commands } = rooms;
  const change = 'tax.change';
  app.post(
    `${IN}/tax-codes`,
    { schema: { summary: 'Define a tax code' } },
    commandRoute(rooms, change, commands.defineTaxCode, { status: 201 }),
  );
  app.patch(
    `${IN}/tax-codes/:code`,
    { schema: { summary: 'Rename, close, or move a tax code to other boxes' } },
    commandRoute(rooms, change, commands.changeTaxCode, {
      input: (request) => bodyWith(request, { code: params(request)['code'] }),
    }),
  );
  app.put(
    `${IN}/tax-codes/:code/rate`,
    { schema: { summary: 'Set the rate of a tax code from a day on' } },
    commandRoute(rooms, change, commands.setTaxRate, {
      input: (request) => bodyWith(request, { code: params(request)['code'] }),
    }),
  );
}
