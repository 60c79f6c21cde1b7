// Input of a command, from outside: its shape, or a refusal that names the field.
import type { z } from 'zod';
import type { Refusal } from '#ledger/domain/refusals.ts';

const COMMAND_ID = /^[\x21-\x7e]{1,255}$/;

export function parseInput<Input>(
  shape: z.ZodType<Input>,
  raw: unknown,
  commandId: string,
): { readonly input: Input } | { readonly refusal: Refusal } {
  if (!COMMAND_ID.test(commandId)) {
    const problem = 'The command id must be 1 to 255 visible ASCII characters.';
    return { refusal: { code: 'input-malformed', problem } };
  }
  const parsed = shape.safeParse(raw);
  if (parsed.success) return { input: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const problem = field
    ? `${field}: ${issue?.message}.`
    : 'The input is not what this command takes.';
  return { refusal: { code: 'input-malformed', problem, ...(field && { field }) } };
}
