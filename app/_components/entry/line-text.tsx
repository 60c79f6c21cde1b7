// What a line says beside its account and amount: what it moves in another unit, what it names, its memo.
import type { LineFacts } from '#ledger/queries/line-facts.ts';
import type { LineUnits } from '#ledger/queries/units.ts';
import type { FigureStyle } from '../amount.tsx';
import { dayText } from '../locale.ts';
import { unitsText } from './units-text.ts';

export function LineText({
  line: { facts, memo, units },
  currency,
  style,
}: {
  line: {
    readonly units: LineUnits | null;
    readonly facts: LineFacts | null;
    readonly memo: string;
  };
  currency: string;
  style: FigureStyle;
}) {
  const said = [units ? unitsText(units, currency, style) : '', ...named(facts, style), memo];
  return said.filter(Boolean).join(' · ');
}

function named(facts: LineFacts | null, { locale }: FigureStyle): string[] {
  if (!facts) return [];
  const { dimensions, document, dueDate, party, partyName, taxCode, taxPart } = facts;
  const due = dueDate === null ? '' : `due ${dayText(dueDate, locale)}`;
  return [
    party === null ? '' : `${party} ${partyName}`,
    [document, due].filter(Boolean).join(', '),
    ...Object.entries(dimensions).map(([dimension, value]) => `${dimension} ${value}`),
    taxCode === null ? '' : `${taxCode}, ${taxPart === 'tax' ? 'tax' : 'taxed'}`,
  ];
}
