// What it costs to keep the doors open: bills, direct debits, the company card and the petty cash box.
import { type CalendarDate, monthOf } from '#ledger/domain/calendar.ts';
import { credit, debit } from './draft-ledger.ts';
import { share } from './random.ts';
import { receiveBill } from './trading-purchases.ts';
import { ACCOUNTS, arrivals, season, VAT, type World } from './trading-world.ts';
import { dayOf } from './working-days.ts';

interface Cost {
  readonly account: string;
  readonly supplier: string;
  readonly memos: readonly string[];
  readonly low: number;
  readonly high: number;
  readonly vat: number;
}

const costs = (vat: number, list: string): Cost[] =>
  list.split('; ').map((text) => {
    const [account = '', supplier = '', memos = '', range = ''] = text.split(' | ');
    const [low = 0, high = 0] = range.split('-').map((part) => +part);
    return { account, supplier, memos: memos.split(', '), low, high, vat };
  });

const BILLS: readonly Cost[] = [
  ...costs(
    VAT,
    '6201 | Fastnet Pallet Network | Pallets delivered, Pallets and tail lift | 480-1450; 6205 | Merlin Parcels | Parcels delivered, Returns collected | 350-1150; 5070 | Cartonwerk Supplies | Cartons, Tissue and tape, Void fill | 180-760; 6125 | Brannock Maintenance | Roller door serviced, Lighting repaired, Boiler serviced | 120-680; 6130 | Sweeney Contract Cleaners | Contract cleaning | 310-420; 6210 | The Western Courier | Advertisement, half page, Advertisement, quarter page | 220-780; 6230 | Studio Kestrel | Product photography, Catalogue layout | 260-1200; 6225 | Inkwell Print Works | Catalogues, Sample sets | 190-900; 6415 | Inkwell Print Works | Delivery dockets, Labels | 60-260; 6445 | Delahunt & Moyle Solicitors | Terms of trade reviewed, Lease advice, Debt letters | 240-1100; 6305 | Crossroads Garage | Van serviced, Tyres, Brakes | 160-720; 6025 | Bridgepoint Training | Forklift refresher, First aid course | 140-620; 6020 | Beacon Staffing | Warehouse cover, Christmas temporary staff | 380-1500; 6035 | Beacon Staffing | Recruitment fee | 300-900; 6435 | Penhallow Brokers | Goods in transit cover | 90-240; 6455 | Homewares Trade Federation | Membership | 60-180',
  ),
];

const CARD: readonly Cost[] = [
  ...costs(
    VAT,
    '6301 | Hollybush Filling Station | Diesel, Petrol | 48-130; 6410 | Ledgerline Cloud | Software subscription | 18-140; 6425 | Paperclip & Sons | Office supplies, Printer toner | 22-160; 6215 | Adlantern | Search advertising, Social advertising | 90-620; 6405 | Northlight Hosting | Hosting, Domain names | 15-95; 6220 | Homestyle Fair | Stand services, Exhibitor passes | 80-640',
  ),
  ...costs(
    0,
    '6315 | Coastline Rail | Train to a customer, Train to the fair | 24-120; 6320 | The Anchorage Hotel | Hotel, one night, Meals on the road | 35-190; 6325 | Motorway tolls | Tolls, Parking | 3-28; 6330 | The Marlfield Inn | Lunch with a customer, Dinner with a supplier | 38-160',
  ),
];

const PETTY: readonly Cost[] = costs(
  0,
  '6030 | Corner shop | Milk and coffee, Birthday cake, Fruit | 6-28; 6420 | Post counter | Stamps, Registered letter | 4-24; 6475 | Hardware store | Padlock, Light bulbs, Keys cut | 5-32; 6325 | Town car park | Parking | 2-9; 6465 | Collection box | Charity collection, School raffle | 5-30',
);

/** Direct debits of every month: day, account, who, memo, amount range, VAT. */
const DEBITS: readonly (Cost & { readonly day: number })[] = [
  ...costs(
    VAT,
    '6110 | Gale Energy | Electricity | 920-1480; 6115 | Gale Energy | Gas | 280-940; 6401 | Telfin | Telephone and mobiles | 310-395; 6405 | Telfin | Broadband, two sites | 118-120; 6135 | Sentinel Alarms | Alarm monitoring | 165-168; 6120 | County Water | Water and waste collection | 180-260',
  ),
  ...costs(
    0,
    '6105 | County Council | Commercial rates | 890-891; 6310 | Penhallow Brokers | Fleet insurance | 232-233',
  ),
].map((cost, index) => ({
  ...cost,
  day: [6, 8, 12, 12, 17, 19, 22, 26][index] ?? 15,
}));

/** One working day of overheads. */
export function spend(world: World, date: CalendarDate): void {
  const { chance, ledger } = world;
  for (let index = arrivals(world, 20); index > 0; index--) {
    const cost = chance.pick(BILLS);
    const amount = share(chance.amount(cost.low, cost.high), Math.round(season(world, date) * 135));
    const lines = [
      debit(cost.account, (amount * 100n) / BigInt(world.density), chance.pick(cost.memos)),
    ];
    receiveBill(world, date, cost.supplier, lines, chance.pick([14, 21, 30]), cost.vat);
  }
  for (let index = arrivals(world, 17); index > 0; index--) {
    const cost = chance.pick(CARD);
    const net = chance.amount(cost.low, cost.high);
    const vat = share(net, cost.vat);
    ledger.post(date, ledger.next('CC', date), `Company card, ${cost.supplier}`, [
      debit(cost.account, net, chance.pick(cost.memos)),
      debit(ACCOUNTS.vatPurchases, vat, 'Input VAT'),
      credit(ACCOUNTS.companyCard, net + vat, 'Card'),
    ]);
  }
  for (let index = arrivals(world, 9); index > 0; index--) {
    const cost = chance.pick(PETTY);
    const amount = chance.amount(cost.low, cost.high);
    if (amount > ledger.balance(ACCOUNTS.petty)) continue;
    ledger.post(date, ledger.next('PC', date), `Petty cash, ${cost.supplier}`, [
      debit(cost.account, amount, chance.pick(cost.memos)),
      credit(ACCOUNTS.petty, amount, 'Voucher'),
    ]);
  }
  for (const cost of DEBITS.filter((item) => dayOf(monthOf(date), item.day) === date)) {
    const net = chance.amount(cost.low, cost.high);
    const vat = share(net, cost.vat);
    ledger.post(date, ledger.next('DD', date), `Direct debit, ${cost.supplier}`, [
      debit(cost.account, net, chance.pick(cost.memos)),
      debit(ACCOUNTS.vatPurchases, vat, 'Input VAT'),
      credit(ACCOUNTS.bank, net + vat, 'Direct debit'),
    ]);
  }
}
