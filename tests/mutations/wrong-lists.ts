// Ways in which lists, ledgers and cash flows could be wrong, and the tables that all reports are counted from.
import { of, type WrongWay } from './wrong-way.ts';

export const WRONG_LISTS: readonly WrongWay[] = [
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
  ...of('lines-behind', [
    ['costs add to a result', '(-1 as const) : (1 as const)', '(1 as const) : (1 as const)'],
    ['a sum takes all lines above it', 'at > first && at < sum', 'at < sum'],
    ['closing entries count in what moved', 'closingBefore: from,', 'closingBefore: null,'],
    ['the last month is lost', 'until: addMonths(to, 1),', 'until: to,'],
  ]),
  ...of('held-currencies', [
    ['what is owed is left out', " || type === 'liability'", ''],
    ['commodities are money', ' && isCurrencyCode(unit)', ''],
    [
      'the rate is that of the period’s first day',
      'rates.at(unit, period.to)',
      'rates.at(unit, period.from)',
    ],
    ['the last month is lost', 'addMonths(lastMonth(period), 1)', 'lastMonth(period)'],
    [
      'closing entries don’t stand behind it',
      "units.amount(holding, null, until, 'all')",
      "units.amount(holding, null, until, 'without-closing')",
    ],
    ['what is spent needs a rate', '!rate && !isSpent', '!rate'],
    ['what has no rate is worth nothing', '!rate && !isSpent', 'false'],
  ]),
  ...of('currency-exposure', [
    ['rates don’t move documents', 'rate?.position ?? 0', '0'],
    ['currencies replace each other in the total', 'worth: a.worth + b.worth', 'worth: b.worth'],
    [
      'a tenth of what stands behind it',
      'roundedQuotient(worth, 10n)',
      'roundedQuotient(base, 10n)',
    ],
  ]),
  ...of('ledger/domain/revalue', [
    ['gains are losses', 'difference: worth - base }', 'difference: base - worth }'],
    ['a quantity is whole', 'scale: decimals }', 'scale: 0 }'],
  ]),
  ...of('ledger/domain/decimal', [
    ['halves are cut off', '(magnitude * 2n + divisor) /', '(magnitude * 2n) /'],
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
    ['the journal loses its entries', '    this.#journal.add(entry.page);\n', ''],
    ['statements show lines of all accounts', 'controls.has(line[0]) ?', 'true ?'],
    ['due dates are lost', 'memo, document, due]', "memo, document, '']"],
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
    ['behind an age stands a day of the one before', '!.upTo + 1', '!.upTo'],
    ['an age ends a day early', 'overdue <= upTo', 'overdue < upTo'],
    ['what names no item is lost', 'plus([restOf(own), ...own', 'plus([...own'],
  ]),
  ...of('open-items', [
    [
      'each period lists what it has room for',
      'longLists(standing.flat())',
      'longLists(standing.at(-1)!)',
    ],
    [
      'what was settled has the other sign',
      'money(ledger, original - open)',
      'money(ledger, open - original)',
    ],
  ]),
  ...of('party-balances', [
    ['settlements are not added up', 'settled: a.settled + b.settled', 'settled: a.settled'],
  ]),
  ...of('party-statements', [
    ['the first month is in the opening too', 'month < from', 'month <= from'],
    [
      'the opening forgets closing entries',
      "between(id, null, from, 'all')",
      "between(id, null, from, 'without-closing')",
    ],
    ['the opening of suppliers is negative', "normal === 'debit' ? opening : -opening", 'opening'],
    [
      'who has no lines is left out',
      'lines.has(party) || openings.get(party) !== 0n',
      'lines.has(party)',
    ],
    ['openings are no lines', '    sections.length,\n', '    0,\n'],
  ]),
  ...of('control-accounts', [
    ['suppliers are left out', 'CONTROL_TOTALS.flatMap(', 'CONTROL_TOTALS.slice(0, 1).flatMap('],
    ['what names nobody is all of it', 'sums.get(0)! - moved', 'sums.get(0)!'],
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
    ['behind what is owed stands what was paid', 'sign: -1, accounts', 'sign: 1, accounts'],
    [
      'less on an asset is cash that went',
      '-net(ledger.table.between(id, from',
      'net(ledger.table.between(id, from',
    ],
    [
      'exchange gains on cash are left in activities',
      'sum.every((amount) => amount === 0n)',
      'true',
    ],
  ]),
  ...of('exchange-lines', [
    ['whatever moves cash is its exchange gain', 'cash.filter((line) => line.revalued)', 'cash'],
    ['gains are losses', '-sumOf(revalued', 'sumOf(revalued'],
    ['debtors gain what cash did', '!line.revalued && line.amount', 'line.amount'],
    ['cash gains more than anybody', 'isCovered ? moved : whole', 'moved'],
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
    [
      'the effect of exchange rates has the other sign',
      'sum - net(sums.exchange',
      'sum + net(sums.exchange',
    ],
    [
      'the effect counts closing entries',
      "exchange.between(id, from, until, 'without-closing')",
      "exchange.between(id, from, until, 'all')",
    ],
    ['the effect isn’t shown', 'effect.some((amount) => amount !== 0n)', 'false'],
  ]),
  ...of('cash-flow-direct', [
    ['payments add', '-moved.debit', 'moved.debit'],
    ['receipts are missing', '[...receipts, ...payments]', 'payments'],
  ]),
  ...of('entry-sums', [
    ['cash counts as received for itself', '=> !isOfCash(line)', '=> true'],
    ['gains on cash are received as well', 'paidLines([...others, ...taken])', 'paidLines(others)'],
    ['all entries adjust', 'if (entry.adjusting) add', 'add'],
    ['credits are lost', 'amount < 0n ? -amount : 0n', '0n'],
  ]),
  ...of('paid-lines', [
    ['stock and cost of goods count', 'times.get(amount) !== times.get(-amount)', 'true'],
    ['what is owed counts', '(before * part) / whole', 'before'],
    ['fees are receipts', 'amount > 0n === change > 0n', 'amount > 0n !== change > 0n'],
    ['lines of an account stand apart', 'byAccount(others)', 'others'],
  ]),
  ...of('adjusted-trial-balance', [
    ['adjustments are added twice', 'adjusted - net(moved)', 'adjusted'],
    [
      'adjustments of earlier years count',
      'sums.adjustments.between(id, start',
      'sums.adjustments.between(id, null',
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
