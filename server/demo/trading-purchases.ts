// The buying side: stock as the shelves empty, freight and duty on it, and the payment runs that settle the bills.
import { addDays, addMonths, type CalendarDate, monthOf } from '#ledger/domain/calendar.ts';
import { credit, type DemoLine, debit } from './draft-ledger.ts';
import { share } from './random.ts';
import { ACCOUNTS, arrivals, season, VAT, type World } from './trading-world.ts';
import { onOrAfter, weekday } from './working-days.ts';

/** Stock wanted of each range in an average month: about sixty days of sales, in cents. */
const STOCK_WANTED: Record<string, bigint> = {
  '1': 8_200_000n,
  '2': 7_600_000n,
  '3': 7_600_000n,
  '4': 7_000_000n,
  '5': 9_200_000n,
};
/** What stays in the current account whatever a payment run could pay. */
const RESERVE = 6_500_000n;

/** Books a supplier's invoice, to be paid some days later. */
export function receiveBill(
  world: World,
  date: CalendarDate,
  supplier: string,
  lines: readonly DemoLine[],
  terms: number,
  vatRate = VAT,
): void {
  const net = lines.reduce((sum, line) => sum + line.amount, 0n);
  const vat = share(net, vatRate);
  const reference = world.ledger.next('PI', date);
  const due = onOrAfter(addDays(date, terms));
  world.ledger.post(date, reference, `Purchase invoice, ${supplier}`, [
    ...lines.map((line) =>
      vat === 0n ? line : { ...line, details: { tax: ['IN23', 'base'] as const } },
    ),
    debit(ACCOUNTS.vatPurchases, vat, 'Input VAT', { tax: ['IN23', 'tax'] }),
    credit(ACCOUNTS.creditors, net + vat, supplier, { party: supplier, document: reference, due }),
  ]);
  world.bills.push({ supplier, reference, amount: net + vat, due });
}

/** Orders for the range that is shortest against what next month will need. */
function restock(world: World, date: CalendarDate): void {
  const { chance, ledger } = world;
  const ahead = BigInt(Math.round(season(world, addMonths(monthOf(date), 1))));
  const short = world.ranges
    .map((range) => ({
      range,
      missing:
        ((STOCK_WANTED[range.digit] ?? 0n) * ahead) / 100n - ledger.balance(`100${range.digit}`),
    }))
    .sort((a, b) => (a.missing < b.missing ? 1 : -1))[0];
  if (!short || short.missing < 220_000n) return;
  const most = (3_600_000n * 100n) / BigInt(world.density);
  const wanted = share(short.missing, chance.int(4_500, 8_500));
  const budget = wanted > most ? most : wanted;
  const supplier = chance.pick(short.range.suppliers);
  const stock = `100${short.range.digit}`;
  const kinds = chance.int(1, 3);
  const lines = Array.from({ length: kinds }, (_, index) => {
    const product = chance.pick(short.range.products);
    const each = BigInt(Math.round((product.price * product.cost) / 10_000));
    const packs = budget / BigInt(kinds) / (each * 12n);
    const quantity = (packs < 1n ? 1n : packs) * 12n;
    return debit(stock, quantity * each + BigInt(index), `${quantity} × ${product.name}`);
  });
  receiveBill(world, date, supplier, lines, chance.pick([30, 30, 30, 45, 60]));
  if (chance.happens(0.28)) {
    const freight = chance.amount(140, 620);
    const duty = chance.happens(0.45) ? chance.amount(60, 420) : 0n;
    const carrier = chance.pick([
      'Seaway Forwarding',
      'Trident Freight Agents',
      'Norrland Spedition',
    ]);
    const what = [
      debit('5050', freight, `Freight, ${supplier}`),
      debit('5060', duty, 'Customs duty'),
    ];
    receiveBill(world, date, carrier, what, 21, 0);
  }
}

/** Pays what is due, oldest first, as far as the money goes. */
function paymentRun(world: World, date: CalendarDate): void {
  const { ledger } = world;
  const due = world.bills
    .filter((bill) => bill.due <= date)
    .sort((a, b) => (a.due < b.due ? -1 : 1));
  const paid = new Set<string>();
  for (const [supplier, bills] of Map.groupBy(due, (bill) => bill.supplier)) {
    const total = bills.reduce((sum, bill) => sum + bill.amount, 0n);
    if (ledger.balance(ACCOUNTS.bank) - total < RESERVE) continue;
    for (const bill of bills) paid.add(bill.reference);
    ledger.post(date, ledger.next('PAY', date), `Paid to ${supplier}`, [
      ...bills.map((bill) =>
        debit(ACCOUNTS.creditors, bill.amount, bill.reference, {
          ...{ party: supplier, document: bill.reference },
        }),
      ),
      credit(ACCOUNTS.bank, total, 'Payment run'),
    ]);
  }
  world.bills = world.bills.filter((bill) => !paid.has(bill.reference));
}

/** One working day of buying. The payment run goes out on Thursdays. */
export function buy(world: World, date: CalendarDate): void {
  for (let index = arrivals(world, 17); index > 0; index--) restock(world, date);
  if (weekday(date) === 4) paymentRun(world, date);
}
