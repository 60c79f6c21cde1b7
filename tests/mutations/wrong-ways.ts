// Ways in which a report's arithmetic could be wrong: in a file of reports/catalogue/, or of what it reads of ledger/domain/, one
// text in place of another that stands there exactly once.

export interface WrongWay {
  readonly file: string;
  /** What it does to the figures. */
  readonly what: string;
  readonly right: string;
  readonly wrong: string;
}

const of = (file: string, ways: readonly (readonly [string, string, string])[]): WrongWay[] =>
  ways.map(([what, right, wrong]) => ({
    file: file.includes('/') ? `${file}.ts` : `reports/catalogue/${file}.ts`,
    what,
    right,
    wrong,
  }));

export const WRONG_WAYS: readonly WrongWay[] = [
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
    ['the last month is lost', 'addMonths(span.to, 1)', 'span.to'],
    ['closing entries count', "'without-closing'", "'all'"],
    ['payables have the other sign', "=== 'debit' ? 1n : -1n", "=== 'debit' ? 1n : 1n"],
    ['the cheapest costs are the largest', '< cost(b) ? 1 : -1', '< cost(b) ? -1 : 1'],
    ['other costs are missing', 'others.length === 0', 'others.length >= 0'],
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
    [
      'a value forgets its parts',
      '...values.filter(({ parent }) => parent === id)',
      '...values.filter(() => false)',
    ],
    ['what names no value is counted twice', 'negated(stated))', 'stated)'],
    ['other values are missing', 'addUp(others.map(({ stated }) => stated))', 'addUp([])'],
  ]),
  ...of('balance-sheet', [
    [
      'the result has the other sign',
      '-resultOfYear(ledger, month)',
      'resultOfYear(ledger, month)',
    ],
    [
      'liabilities have the other sign',
      "(account.type === 'asset' ? balance(account) : -balance(account))",
      'balance(account)',
    ],
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
      '[{ figures: above }, { figures: own.sum }]',
      '[own].map(({ sum }) => ({ figures: sum }))',
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
    ['parts of a value are lost', 'const ids = within(value.id)', 'const ids = [value.id]'],
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
  ...of('balances-by-unit', [
    ['debits and credits change sides', 'opening + debit - credit', 'opening - debit + credit'],
    [
      'the amount behind it is a quantity: a rate of one',
      'before(units.amount) + moved',
      'before(units.quantity) + moved',
    ],
    ['result accounts go on from year to year', 'opensAtZero ? 0n : net', 'net'],
  ]),
  ...of('unit-table', [
    [
      'quantities change sides',
      'debit: debitQuantity, credit: creditQuantity',
      'debit: creditQuantity, credit: debitQuantity',
    ],
  ]),
  ...of('general-ledger', [
    [
      'result accounts go on from year to year',
      'const start = isResultAccount(type) ? yearFrom : null',
      'const start = null',
    ],
    [
      'the opening of liabilities is negative',
      "normal === 'debit' ? opening : -opening",
      'opening',
    ],
    [
      'the opening forgets closing entries',
      "between(id, start, from, 'all')",
      "between(id, start, from, 'without-closing')",
    ],
    ['the result of earlier years is lost', '    earlierSection(ledger, period),\n', ''],
  ]),
  ...of('paged-rows', [
    [
      'the running balance shrinks where it grows',
      "balance += normal === 'debit' ? grown : -grown",
      "balance += normal === 'debit' ? -grown : grown",
    ],
  ]),
  ...of('month-lines', [
    [
      'pages of the first month are lost',
      '    period.months.flatMap',
      '    period.months.slice(1).flatMap',
    ],
    ['the journal loses its entries', '    this.#journal.add(entry);\n', ''],
  ]),
  ...of('book-ledger', [
    [
      'what closing entries moved stays in the result of earlier years',
      "between(account.id, null, startOfYear, 'all')",
      "between(account.id, null, startOfYear, 'without-closing')",
    ],
    ['balances forget the years before', "net(ledger.table.between(id, null, start, 'all')) +", ''],
  ]),
  ...of('month-table', [
    ['a sum ends a month late', 'place(from), place(until)]', 'place(from), place(until) + 1]'],
    ['closing entries are left out of debits alone', 'all.credit - closed.credit', 'all.credit'],
  ]),
  ...of('account-tree', [
    ['a subtotal forgets what is below', '...[...node.children.values()].flatMap(linesUnder),', ''],
  ]),
  ...of('aged-list', [
    ['an age ends a day early', 'overdue <= upTo', 'overdue < upTo'],
    ['what names no item is lost', 'plus([restOf(own), ...own', 'plus([...own'],
  ]),
  ...of('open-items', [
    [
      'what was settled has the other sign',
      'money(ledger, original - open)',
      'money(ledger, open - original)',
    ],
  ]),
  ...of('party-balances', [
    ['settlements are not added up', 'settled: a.settled + b.settled', 'settled: a.settled'],
  ]),
  ...of('result-by-dimension', [
    [
      'planned expenses are added',
      "plan('income') - plan('expense')",
      "plan('income') + plan('expense')",
    ],
    [
      'what names no value is added twice',
      'combine(whole, named, -1n)',
      'combine(whole, named, 1n)',
    ],
    ['income has the other sign', "[-sum('income', from), sum", "[sum('income', from), sum"],
  ]),
  ...of('cash-flow', [
    [
      'less on an asset is cash that went',
      '-net(ledger.table.between(id, from',
      'net(ledger.table.between(id, from',
    ],
  ]),
  ...of('ledger/domain/account', [
    [
      'equity is left to operations',
      "(type === 'equity' ? 'financing' : 'operating')",
      "'operating'",
    ],
  ]),
  ...of('cash-position', [
    ['the last month is lost', 'addMonths(lastMonth(period), 1)', 'lastMonth(period)'],
    [
      'cash at the end is that of the month before',
      'cashAt(ledger, lastMonth(period))',
      'cashAt(ledger, addMonths(lastMonth(period), -1))',
    ],
  ]),
  ...of('cash-flow-direct', [
    ['payments add', '-moved.debit', 'moved.debit'],
    ['receipts are missing', '[...receipts, ...payments]', 'payments'],
  ]),
  ...of('entry-sums', [
    ['transfers between cash accounts count', ' !== 0n) add(cash', ' === 0n) add(cash'],
    ['all entries adjust', 'if (entry.adjusting) add', 'add'],
    ['credits are lost', 'amount < 0n ? credit - amount : credit', 'credit'],
  ]),
  ...of('adjusted-trial-balance', [
    ['adjustments are added twice', 'adjusted - net(moved)', 'adjusted'],
    [
      'adjustments of earlier years count',
      'sums.adjustments.table.between(id, start',
      'sums.adjustments.table.between(id, null',
    ],
  ]),
  ...of('late-table', [
    [
      'what was recorded with the lock is late',
      'position > own.position',
      'position >= own.position',
    ],
    ['the locked day itself is open', 'date <= own.through', 'date < own.through'],
    ['a later lock of fewer days counts', 'lockedThrough <= after) continue', 'false) continue'],
    ['credits are debits', '{ credit: amount }', '{ debit: amount }'],
  ]),
  ...of('key-figures', [
    ['the year is a day short', 'lastDay(month)) + 1', 'lastDay(month))'],
    ['equity adds liabilities', 'assets - liabilities', 'assets + liabilities'],
    ['last year is the month before', 'addMonths(month, -12)', 'addMonths(month, -1)'],
  ]),
  ...of('tax-return', [
    [
      'the month after counts',
      'addMonths(lastMonth(period), 1)',
      'addMonths(lastMonth(period), 2)',
    ],
    ['input tax has the other sign', "code.kind === 'input' ? debit : -debit", '-debit'],
    [
      'tax stands in the box of what was taxed',
      "kind === 'tax' ? code.taxBox : code.baseBox",
      'code.baseBox',
    ],
    ['input tax is added', 'values(output - input)', 'values(output + input)'],
  ]),
];
