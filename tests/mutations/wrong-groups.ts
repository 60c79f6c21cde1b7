// Ways in which consolidated documents could be wrong: translation, elimination, what is added up.
import { of, type WrongWay } from './wrong-way.ts';

export const WRONG_GROUPS: readonly WrongWay[] = [
  ...of('rate-table', [
    ['the closing rate is the first one', 'rates.findLast(', 'rates.find('],
    ['the closing rate is of the day before', 'own.day <= end', 'own.day < end'],
    ['any currency’s rate will do', 'own.unit === unit && ', ''],
  ]),
  ...of('group-members', [
    ['the average is the sum of the rates', 'BigInt(own.length) *', '1n *'],
    ['a month without a rate has none', '?.rate ?? null;', '?.rate && null;'],
    ['rates don’t move documents', '({ position }) => position)', '() => 0)'],
  ]),
  ...of('group-entities', [
    [
      'flows are translated at the closing rate',
      'at(amount, average(month))',
      'at(amount, closing(month))',
    ],
    [
      'assets are translated at the average',
      '0n : at(amount, closing(month))',
      '0n : at(amount, average(month))',
    ],
    ['the currencies have the same decimals', '10n ** BigInt(to)', '10n ** BigInt(from)'],
    ['equity is left behind', "type === 'equity' || isResult", "type === 'liability' || isResult"],
    ['closing entries are translated', "'without-closing'", "'all'"],
    ['a mapping is not looked at', 'asked ? this', '!asked ? this'],
    ['accounts go to one of another type', 'row?.type === account.type', 'row'],
    ['what is named isn’t eliminated', 'isPickedBy(eliminated, account) ||', ''],
    [
      'tags of the group’s accounts are not looked at',
      ' || found.tags.includes(INTERCOMPANY_TAG)',
      '',
    ],
    ['a member without a rate counts as nothing', 'unconsolidated.push({ member, since });', ''],
  ]),
  ...of('group-columns', [
    ['eliminations count twice', 'standing: negated(intercompany)', 'standing: intercompany'],
    ['dealings in the result stay', 'moved: negated(intercompany)', 'moved: new Map()'],
    [
      'what doesn’t cancel is hidden',
      'reserve = -(total(standing)',
      'reserve = 0n * (total(standing)',
    ],
    [
      'the year begins with its last month',
      'movementsOf(entity, start, addMonths',
      'movementsOf(entity, month, addMonths',
    ],
    ['earlier results are lost', 'total(movementsOf(entity, null, start).all)', '0n'],
    [
      'equity forgets earlier years',
      'flows.between(id, null, until',
      'flows.between(id, start, until',
    ],
    [
      'closing entries count',
      "net(table.between(id, start, until, 'without-closing')), month)",
      "net(table.between(id, start, until, 'all')), month)",
    ],
    ['rows of members replace each other', '(sums.get(row) ?? 0n) + amount', 'amount'],
  ]),
  ...of('group-rows', [
    ['credits are shown as debits', '-amount(column)', 'amount(column)'],
    ['the difference of the result has the other sign', '-difference)', 'difference)'],
  ]),
  ...of('consolidation', [
    ['the last month is lost', 'addMonths(month, 1)', 'month'],
    [
      'others are the first members',
      'sum(entities.slice(MOST_MEMBERS))',
      'sum(entities.slice(0, MOST_MEMBERS))',
    ],
  ]),
  ...of('group-behind', [
    ['equity is translated like assets', "=> type === 'equity';", '=> type === null;'],
    ['what is eliminated counts twice', "counted === 'eliminated' ? (natural", 'false ? (natural'],
    [
      'earlier closings are lost',
      '{ sign: sign === 1 ? -1 : 1, ...closed }',
      '{ sign, ...closed }',
    ],
    [
      'the reserve forgets what was earned',
      '...group.moved(entity, results(entity), start, until, 1),',
      '',
    ],
    ['dealings are consolidated', 'left: ({ intercompany }) => !intercompany', 'left: () => true'],
  ]),
  ...of('group-parts', [
    [
      'closing entries count for all years',
      'ordinary(closingBefore, until)',
      'all(closingBefore, until)',
    ],
    ['the last month has no part', 'addMonths(lines.until, -1)', 'addMonths(lines.until, -2)'],
    [
      'a part has the other sign',
      'const counts = sign * movedBy(flows, own)',
      'const counts = movedBy(flows, own)',
    ],
    ['nothing is translated', 'counts: atClosing(amount, rates)', 'counts: amount'],
  ]),
  ...of('consolidated-income-statement', [['the last month is lost', 'addMonths(to, 1)', 'to']]),
];
