// Ways in which statements could be wrong: what they state, where accounts stand in them, what was planned.
import { of, type WrongWay } from './wrong-way.ts';

export const WRONG_STATEMENTS: readonly WrongWay[] = [
  ...of('trial-balance', [
    ['the closing adds credits', 'opening + debit - credit', 'opening + debit + credit'],
    ['result accounts go on from year to year', 'isResultAccount(type) ? 0n : net', 'net'],
    ['the last month is lost', 'addMonths(lastMonth(period), 1)', 'lastMonth(period)'],
    ['the result of earlier years is lost', ', ...earlierLine(ledger, period)]', ']'],
    [
      'the opening forgets the years before',
      'const opening = earlier + net',
      'const opening = net',
    ],
    [
      'the opening forgets the closing entries of earlier years',
      "between(id, null, start, 'all')",
      "between(id, null, start, 'without-closing')",
    ],
    [
      'closing entries count as movement',
      "between(id, from, until, 'without-closing')",
      "between(id, from, until, 'all')",
    ],
  ]),
  ...of('dashboard', [
    ['years beside it have a month', 'from: first, to: last,', 'from: last, to: last,'],
    [
      'what stands at an end is planned',
      '(isPlanned ? [] : standingRows',
      '(false ? [] : standingRows',
    ],
    ['the last month is lost', 'addMonths(span.to, 1)', 'span.to'],
    ['closing entries count', "'without-closing'", "'all'"],
    ['the cheapest costs are the largest', '< cost(b) ? 1 : -1', '< cost(b) ? -1 : 1'],
    ['other costs are missing', 'others.length === 0', 'others.length >= 0'],
  ]),
  ...of('dashboard-behind', [
    ['payables have the other sign', "=== 'debit' ? 1 : -1", "=== 'debit' ? 1 : 1"],
  ]),
  ...of('dashboard-groups', [
    ['income is a cost', ': -moved(account, span)', ': moved(account, span)'],
    ['other groups are missing', '...line(rest, null, other),', ''],
    [
      'the smallest groups are shown',
      'a.turnover < b.turnover ? 1 : -1',
      'a.turnover < b.turnover ? -1 : 1',
    ],
  ]),
  ...of('dashboard-values', [
    ['the value’s last month is lost', 'span.from, span.until', 'span.from, span.from'],
    ['a value forgets its parts', 'const ids = within(dimension, value)', 'const ids = [value]'],
    ['what names no value is counted twice', 'negated(stated))', 'stated)'],
    ['other values are missing', 'addUp(others.map(({ stated }) => stated))', 'addUp([])'],
  ]),
  ...of('dashboard-only', [
    [
      'a group is everything',
      'groups[side].of(account) === path);\n  const of',
      'true);\n  const of',
    ],
    [
      'what names no value is all there is',
      'of(remainder(whole, valuesUnder(ledger, dimension, null, spans)))',
      'of(whole)',
    ],
    ['parts are the whole company’s', 'under(dimension, value.id)', 'under(dimension, null)'],
    ['other accounts are missing', 'others.length === 0', 'others.length >= 0'],
    [
      'a mixed group has no costs',
      'resultOf(own, columns).result : sum',
      'resultOf(own, columns).income : sum',
    ],
  ]),
  ...of('dashboard-only-checks', [
    ['what the company says isn’t looked for', 'level === 1 && path === value', 'level === 9'],
  ]),
  ...of('balance-sheet', [
    [
      'the result has the other sign',
      '-resultOfYear(ledger, month)',
      'resultOfYear(ledger, month)',
    ],
    ['liabilities have the other sign', 'of(account).map((balance) => -balance)', 'of(account)'],
    [
      'the period before is two back',
      'addMonths(monthOf(period.from), -1)',
      'addMonths(monthOf(period.from), -2)',
    ],
    [
      'the year before ends a day late',
      'addDays(period.fiscalYear.from, -1)',
      'addDays(period.fiscalYear.from, 0)',
    ],
  ]),
  ...of('income-statement', [
    ['income has the other sign', '-column.net(account)', 'column.net(account)'],
    ['the last month is lost', 'const until = addMonths(to, 1)', 'const until = to'],
    ['closing entries count', "'without-closing'", "'all'"],
    ['the year to date begins with the period', 'from: monthOf(year.from), to', 'from, to'],
  ]),
  ...of('statement-rows', [
    ['costs are shown below zero', 'sum.map((amount) => -amount) : sum', 'sum : sum'],
    [
      'a sum of all above is its last group',
      '[{ figures: above }, { figures: stated.sum }]',
      '[{ figures: stated.sum }]',
    ],
    ['what no line picks is lost', '[...lines, ...group(unplaced, 0)]', '[...lines]'],
    ['groups within groups are lost', '...[...inner, ...(more ?', '...[...(more ?'],
  ]),
  ...of('ledger/domain/place-accounts', [
    ['a type goes before a name', "pick.by === 'type' ||", "pick.by === 'codes' ||"],
    ['accounts below a name are lost', 'account.path.startsWith', 'account.path.endsWith'],
    [
      'the last of some codes is lost',
      'compareCodes(account.code, pick.last) <= 0',
      'compareCodes(account.code, pick.last) < 0',
    ],
  ]),
  ...of('income-by-month', [['the first month is lost', 'slice(-MOST_MONTHS)', 'slice(1)']]),
  ...of('budget', [
    ['planned expenses are income', "(account.type === 'expense' ? 1n : -1n)", '-1n'],
    [
      'the month of the report is planned twice in the forecast',
      'planned(until, end)',
      'planned(from, end)',
    ],
    ['the plan of the year ends today', 'planned(year, end)', 'planned(year, until)'],
    [
      'variance is budget less actual',
      'of.actualToDate - of.budgetToDate',
      'of.budgetToDate - of.actualToDate',
    ],
  ]),
  ...of('budget-table', [
    ['an amount set again is added', "row.values.join(',')", 'String(own.size)'],
    [
      'amounts count for no value',
      ', row);\n        for (const value of row.values)',
      ', row);\n        for (const value of [])',
    ],
  ]),
  ...of('income-by-dimension', [
    [
      'parts of a value are lost',
      'const ids = within(dimension, value.id)',
      'const ids = [value.id]',
    ],
    [
      'the smallest values keep a column',
      'a.turnover < b.turnover ? 1 : -1',
      'a.turnover < b.turnover ? -1 : 1',
    ],
    ['turnover is the result', '(own < 0n ? -own : own)', 'own'],
    [
      'what names no value is what names one',
      'total.net(account) - sumOf(roots, account)',
      'sumOf(roots, account)',
    ],
    ['the others are lost', '...(others.length > 0 ? [other] : []), without', 'without'],
    ['the last month is lost', 'addMonths(lastMonth(period), 1)', 'lastMonth(period)'],
    ['closing entries count', "from, until, 'without-closing'", "from, until, 'all'"],
  ]),
  ...of('changes-in-equity', [
    ['the result counts from the start of the year', 'now - before', 'now'],
    ['equity accounts are missing', "type === 'equity'", "type === 'liability'"],
    ['the opening forgets what moved in the year', "'all')) + moved(start, from)", "'all'))"],
  ]),
];
