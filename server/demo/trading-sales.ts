// The selling side: invoices with the cost of what left the warehouse, shop and web days, receipts, credit notes.
import { addDays, type CalendarDate } from '#ledger/domain/calendar.ts';
import { credit, type DemoLine, debit } from './draft-ledger.ts';
import { share } from './random.ts';
import type { DemoDetails } from './trading-details.ts';
import type { Customer, Range } from './trading-names.ts';
import {
  ACCOUNTS,
  arrivals,
  gathered,
  growth,
  season,
  shopSeason,
  VAT,
  type World,
} from './trading-world.ts';
import { onOrAfter, weekday } from './working-days.ts';

/** Days that customers have. */
const TERMS = 30;
const AVERAGE_INVOICE = 345_000;
const SHOP_DAY = 205_000;
const WEB_DAY = 265_000;
const cents = (amount: number): bigint => BigInt(Math.round(amount));

interface Goods {
  readonly range: Range;
  readonly memo: string;
  readonly price: bigint;
  readonly cost: bigint;
}

/** Some of one product, worth about so many cents, as far as the warehouse has it. */
function goods(world: World, date: CalendarDate, worth: number): Goods | null {
  const { chance, ledger } = world;
  const range = chance.pick(world.ranges);
  const product = chance.pick(range.products);
  const price = Math.round((product.price * (growth(world, date) + 100)) / 200);
  const quantity = Math.max(1, Math.round(worth / price / 6) * 6);
  const each = Math.round((price * (product.cost + chance.int(150, 650))) / 10_000);
  const cost = cents(each * quantity);
  if (cost > ledger.balance(`100${range.digit}`)) return null;
  return {
    range,
    memo: `${quantity} × ${product.name}`,
    price: cents(price * quantity),
    cost,
  };
}

const costLines = (sold: readonly Goods[], sign: 1n | -1n, channel: string): DemoLine[] =>
  gathered(
    sold.flatMap(({ range, cost }) => [
      debit(`500${range.digit}`, sign * cost, 'Cost of goods sold', { channel }),
      credit(`100${range.digit}`, sign * cost, 'Out of stock'),
    ]),
  );

function invoice(world: World, date: CalendarDate, customer: Customer): void {
  const { chance, ledger } = world;
  const worth =
    (((AVERAGE_INVOICE * customer.size) / 100) *
      season(world, date) *
      (0.35 + chance.fraction() * 1.3)) /
    world.density;
  const lines = chance.int(1, 3);
  const sold = Array.from({ length: lines }, () => goods(world, date, worth / lines)).filter(
    (item) => item !== null,
  );
  if (sold.length === 0) return;
  const delivery = customer.export || chance.happens(0.3) ? chance.amount(14, 95) : 0n;
  const net = sold.reduce((sum, item) => sum + item.price, delivery);
  const vat = customer.export ? 0n : share(net, VAT);
  const reference = ledger.next('SI', date);
  const channel = customer.export ? 'export' : 'wholesale';
  const code = customer.export ? 'OUT0' : 'OUT23';
  const taxed: DemoDetails = { channel, tax: [code, 'base'] };
  const due = addDays(date, TERMS);
  const entry = ledger.post(date, reference, `Sales invoice, ${customer.name}`, [
    debit(ACCOUNTS.debtors, net + vat, customer.name, {
      ...{ party: customer.name, document: reference, due },
    }),
    ...sold.map((item) =>
      credit(customer.export ? '4050' : `400${item.range.digit}`, item.price, item.memo, taxed),
    ),
    credit('4080', delivery, 'Delivery', taxed),
    credit(ACCOUNTS.vatSales, vat, 'VAT 23 %', { tax: [code, 'tax'] }),
    ...costLines(sold, 1n, channel),
  ]);
  if (world.mistakes.length < 9 && chance.happens(0.003)) {
    const found = onOrAfter(addDays(date, 2));
    if (found.slice(0, 7) === date.slice(0, 7)) {
      world.mistakes.push({
        entry,
        found,
        reason: `${reference} was invoiced twice`,
      });
      return;
    }
  }
  const days = Math.max(7, customer.pays + chance.int(-9, 16));
  const paid = chance.happens(0.004) ? null : onOrAfter(addDays(date, days));
  world.receivables.push({
    customer: customer.name,
    reference,
    invoiced: date,
    amount: net + vat,
    paid,
  });
}

/** Takings of a day in the shop or on the web, one summary entry each. */
function takings(world: World, date: CalendarDate, place: 'shop' | 'web'): void {
  const { chance, ledger } = world;
  const base = place === 'shop' ? SHOP_DAY : WEB_DAY;
  const monday = weekday(date) === 1 ? 1.6 : 0.85;
  const worth = (base * monday * shopSeason(world, date) * (0.75 + chance.fraction() * 0.5)) / 100;
  const sold = Array.from({ length: 3 }, () => goods(world, date, (worth / 3) * 0.95)).filter(
    (item) => item !== null,
  );
  if (sold.length === 0) return;
  const net = sold.reduce((sum, item) => sum + item.price * 112n, 0n) / 100n;
  const vat = share(net, VAT);
  const cash = place === 'shop' ? share(net + vat, chance.int(1_400, 2_600)) : 0n;
  const weekend = weekday(date) === 1 ? ', Saturday included' : '';
  ledger.post(
    date,
    `${place === 'shop' ? 'TILL' : 'WEB'}-${date}`,
    place === 'shop'
      ? `Shop takings${weekend}`
      : `Web shop orders${weekend ? ', weekend included' : ''}`,
    [
      debit(ACCOUNTS.till, cash, 'Cash'),
      debit(place === 'shop' ? ACCOUNTS.cards : ACCOUNTS.web, net + vat - cash, 'Cards'),
      credit(place === 'shop' ? '4060' : '4070', net, 'Sales without VAT', {
        tax: ['OUT23', 'base'],
      }),
      credit(ACCOUNTS.vatSales, vat, 'VAT 23 %', { tax: ['OUT23', 'tax'] }),
      ...costLines(sold, 1n, place),
    ],
  );
}

/** Money that customers send today, one receipt for all the invoices that a customer pays with it. */
function receipts(world: World, date: CalendarDate): void {
  const byCustomer = Map.groupBy(
    world.receivables.filter((item) => item.paid !== null && item.paid <= date && item.amount > 0n),
    (item) => item.customer,
  );
  for (const [customer, items] of byCustomer) {
    const total = items.reduce((sum, item) => sum + item.amount, 0n);
    const discount = world.chance.happens(0.05) ? share(total, 100) : 0n;
    world.ledger.post(date, world.ledger.next('RC', date), `Received from ${customer}`, [
      debit(ACCOUNTS.bank, total - discount, 'Transfer'),
      debit('4095', discount, 'Settlement discount 1 %'),
      ...items.map((item) =>
        credit(ACCOUNTS.debtors, item.amount, item.reference, {
          ...{ party: customer, document: item.reference },
        }),
      ),
    ]);
  }
  world.receivables = world.receivables.filter((item) => item.paid === null || item.paid > date);
}

/** Goods that come back, against an invoice not yet paid. */
function creditNote(world: World, date: CalendarDate): void {
  const { chance, ledger } = world;
  const open = world.receivables.filter((item) => item.invoiced < date && item.amount > 80_000n);
  if (open.length === 0) return;
  const item = chance.pick(open);
  const back = goods(world, date, 9_000);
  if (!back) return;
  const vat = share(back.price, VAT);
  item.amount -= back.price + vat;
  ledger.post(date, ledger.next('CN', date), `Credit note, ${item.customer}`, [
    debit('4090', back.price, `Returned: ${back.memo}`, { tax: ['OUT23', 'base'] }),
    debit(ACCOUNTS.vatSales, vat, 'VAT 23 %', { tax: ['OUT23', 'tax'] }),
    credit(ACCOUNTS.debtors, back.price + vat, item.reference, {
      ...{ party: item.customer, document: item.reference },
    }),
    ...costLines([back], -1n, 'wholesale'),
  ]);
}

/** One working day of selling. */
export function sell(world: World, date: CalendarDate): void {
  const wrong = world.mistakes.filter((mistake) => mistake.found === date);
  for (const { entry, reason } of wrong) world.ledger.reverse(entry, date, reason);
  receipts(world, date);
  const abroad = arrivals(world, 5);
  const home = arrivals(world, 54);
  for (let index = 0; index < abroad + home; index++) {
    const wanted = index < abroad;
    const choices = world.customers.filter((customer) => customer.export === wanted);
    invoice(world, date, world.chance.pick(choices));
  }
  for (let index = arrivals(world, 3); index > 0; index--) creditNote(world, date);
  takings(world, date, 'shop');
  takings(world, date, 'web');
}
