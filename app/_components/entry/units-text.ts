// What a line moves in another unit, and at which rate.
import type { LineUnits } from '#ledger/queries/units.ts';
import { amountText, type FigureStyle } from '../amount.tsx';

export function unitsText(units: LineUnits, currency: string, style: FigureStyle): string {
  const { cost, quantity, rate, unit } = units;
  const own = `${amountText(quantity, style)} ${unit}`;
  if (rate !== null) return `${own} at ${amountText(rate, style)} ${currency}`;
  return cost === null ? own : `${own} for ${amountText(cost.quantity, style)} ${cost.unit}`;
}
