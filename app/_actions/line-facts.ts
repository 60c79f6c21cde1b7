// Customers and suppliers, dimensions, tax codes: what lines may name beside their account.
'use server';

import { rooms } from '../_server/rooms.ts';
import { type ActionAnswer, runCommand } from '../_server/run-command.ts';

interface InBook {
  readonly slug: string;
}

export async function addParty(
  commandId: string,
  { slug, ...party }: InBook & { code: string; name: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'party.change', commandId, (commands, call) =>
    commands.addParty(call, party),
  );
}

export async function changeParty(
  commandId: string,
  { slug, ...to }: InBook & { code: string; name?: string; closed?: boolean },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'party.change', commandId, (commands, call) =>
    commands.changeParty(call, to),
  );
}

export async function designateAccount(
  commandId: string,
  { slug, ...to }: InBook & { code: string; controls: 'receivables' | 'payables' | null },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'account.change', commandId, (commands, call) =>
    commands.designateAccount(call, to),
  );
}

export async function defineDimension(
  commandId: string,
  { slug, ...dimension }: InBook & { code: string; name: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'dimension.change', commandId, (commands, call) =>
    commands.defineDimension(call, dimension),
  );
}

export async function addDimensionValue(
  commandId: string,
  {
    slug,
    ...value
  }: InBook & { dimension: string; code: string; name: string; parent: string | null },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'dimension.change', commandId, (commands, call) =>
    commands.addDimensionValue(call, value),
  );
}

export async function changeDimensionValue(
  commandId: string,
  { slug, ...to }: InBook & { dimension: string; code: string; closed: boolean },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'dimension.change', commandId, (commands, call) =>
    commands.changeDimensionValue(call, to),
  );
}

/** Makes one dimension required on an account, or not required; the others stay as they are. */
export async function requireDimension(
  commandId: string,
  {
    slug,
    account,
    dimension,
    required,
  }: InBook & {
    account: string;
    dimension: string;
    required: boolean;
  },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'dimension.change', commandId, async (commands, call) => {
    const known = await rooms().queries.dimensions(call.book ?? 0);
    const others = known.filter(
      ({ code, requiredBy }) => code !== dimension && requiredBy.includes(account),
    );
    const dimensions = [...others.map(({ code }) => code), ...(required ? [dimension] : [])];
    return commands.requireDimensions(call, { account, dimensions });
  });
}

export interface TaxCodeInput extends InBook {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly account: string;
  readonly baseBox: string;
  readonly taxBox: string;
}

export async function defineTaxCode(
  commandId: string,
  { slug, ...taxCode }: TaxCodeInput,
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'tax.change', commandId, (commands, call) =>
    commands.defineTaxCode(call, taxCode),
  );
}

export async function setTaxRate(
  commandId: string,
  { slug, ...rate }: InBook & { code: string; from: string; rate: string },
): Promise<ActionAnswer<unknown>> {
  return runCommand(slug, 'tax.change', commandId, (commands, call) =>
    commands.setTaxRate(call, rate),
  );
}
