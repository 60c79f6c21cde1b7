// Ways in which comparatives could be wrong: which periods stand side by side, what of each, and what lists come to.
import { of, type WrongWay } from './wrong-way.ts';

export const WRONG_VIEWS: readonly WrongWay[] = [
  ...of('side-by-side', [
    [
      'the change has the other sign',
      'decimalText(now - before, places)',
      'decimalText(before - now, places)',
    ],
    ['debits and credits add up', 'digitsOf(text) - off', 'digitsOf(text) + off'],
    ['the newest period comes twice', 'amount = figures[at]?', 'amount = figures[0]?'],
    ['accounts at zero are always shown', '!/[1-9]/.test(text)', 'false'],
    ['entries of one name are one', 'row.entry, ', ''],
    ['currencies of one document are one', ", row.values['unit']", ''],
    [
      'per cent of the newer amount',
      'percentOf(now - before, before)',
      'percentOf(now - before, now)',
    ],
  ]),
  ...of('viewed-report', [
    ['only the accounts of one period are shown', 'zeros: true,', ''],
    [
      'plans don’t move documents',
      'view.budget ? plannedPosition(ledger, period.fiscalYear) : 0',
      '0',
    ],
    ['what is planned alone has no row beside it', ', beside: planned }', ' }'],
    ['what moved alone has no row beside it', ', beside: ledger }', ' }'],
    ['plans lead to what was posted', "plans: [BUDGET, 'change', 'percent']", 'plans: []'],
  ]),
  ...of('planned-ledger', [
    [
      'planned income costs',
      '{ debit: 0n, credit: amount } : { debit: amount, credit: 0n }',
      '{ debit: amount, credit: 0n } : { debit: amount, credit: 0n }',
    ],
    [
      'values have the plan of all',
      'budget.ofValue(of, account, from, until)',
      'budget.between(account, from, until)',
    ],
    ['no year has a budget', '=== 0\n', '>= 0\n'],
  ]),
  ...of('view', [
    ['a period is left out', 'newestFirst.slice(0,', 'newestFirst.slice(1,'],
    ['the oldest come first', '(a.key < b.key ? 1 : -1)', '(a.key < b.key ? -1 : 1)'],
    ['years are the months before', "compare.by === 'previous' ||", 'true ||'],
  ]),
  ...of('general-ledger-totals', [
    [
      'balances of liabilities are negative',
      "=== 'debit' ? closing : -closing",
      "=== 'debit' ? closing : closing",
    ],
    [
      'result accounts go on from year to year',
      'isResultAccount(type) ? monthOf(period.fiscalYear.from) : null',
      'null',
    ],
    ['the result of earlier years has the other sign', '-earlierResult(', 'earlierResult('],
  ]),
  ...of('journal-totals', [
    [
      'the last month is lost',
      'addMonths(lastMonth(period), 1);\n      return',
      'lastMonth(period);\n      return',
    ],
    ['credits are debits', 'moved.get(id)![side]', 'moved.get(id)!.debit'],
  ]),
  ...of('party-statement-totals', [
    ['lines of later months count', 'month < until, whole', 'true, whole'],
    [
      'what is owed is negative',
      "=== 'debit' ? closing : -closing",
      "=== 'debit' ? closing : closing",
    ],
  ]),
];
