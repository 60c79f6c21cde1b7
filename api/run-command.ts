// One way from a request to a command and back: call, answer, and a problem for every refusal.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '#ledger/domain/permissions.ts';
import { callOf, requireCaller } from './api-caller.ts';
import { sendProblem } from './api-problems.ts';
import type { ApiAnswer, ApiCommand, ApiRooms } from './api-rooms.ts';

/** JSON has no bigint; amounts and ids that are one become text. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));

/** Sends a command's answer. `created` gives the address of what was made. */
export function sendAnswer<Result>(
  rooms: ApiRooms,
  reply: FastifyReply,
  answer: ApiAnswer<Result>,
  options: {
    readonly status?: number;
    readonly dryRun?: boolean;
    location?(result: Result): string;
  } = {},
): FastifyReply {
  if (!answer.ok) {
    const { refusal } = answer;
    return sendProblem(reply, {
      ...rooms.explain(refusal),
      status: rooms.statusOf(refusal),
      code: refusal.code,
      ...(refusal.field === undefined ? {} : { field: refusal.field }),
    });
  }
  const { result, position, replayed } = answer;
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
  const body = typeof result === 'object' && result !== null ? result : {};
  if (options.dryRun) return reply.code(200).send(jsonText({ dryRun: true, ...body, position }));
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (options.location) reply.header('location', options.location(result));
  return reply.code(options.status ?? 200).send(jsonText({ ...body, position }));
}

/** A route that runs one command in a book. @param input what the command is given, from the request. */
export const commandRoute =
  <Result>(
    rooms: ApiRooms,
    action: Action,
    command: ApiCommand<Result>,
    options: {
      readonly status?: number;
      input?(request: FastifyRequest): unknown;
      location?(slug: string, result: Result): string;
    } = {},
  ) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { session, book } = await requireCaller(rooms, request, action);
    const call = callOf(request, session, book.id);
    const answer = await command(call, options.input ? options.input(request) : request.body);
    return sendAnswer(rooms, reply, answer, {
      ...(options.status === undefined ? {} : { status: options.status }),
      dryRun: call.dryRun === true,
      ...(options.location
        ? { location: (result: Result) => options.location!(book.slug, result) }
        : {}),
    });
  };

/** The body's fields with those that the address gives. */
export const bodyWith = (request: FastifyRequest, fields: Record<string, unknown>): unknown =>
  typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body)
    ? { ...request.body, ...fields }
    : request.body === undefined || request.body === null
      ? fields
      : request.body;
