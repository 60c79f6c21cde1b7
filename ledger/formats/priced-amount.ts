// An amount with its price or lot: `10 VHT @ 50.00 USD`, `10 VHT @@ 500 USD`, `10 VHT {50.00 USD, 2024-01-31}`. Beancount
// values a lot at its cost and tells the price beside it; hledger and Ledger at the price, and at the lot's where there is
// none. What doesn't value the line is told in its memo.
import type { Price } from '#ledger/domain/value-lines.ts';
import {
  type AmountFault,
  type AmountStyle,
  type ReadAmount,
  readJournalAmount,
} from './journal-amount.ts';

export interface PricedAmount extends ReadAmount {
  readonly price: Price | null;
  /** What is written beside the amount and its price: a lot, a second price. */
  readonly beside: string;
}

const PARTS = /^([^@{[]*)((?:\{[^}]*\}\}?|\[[^\]]*\]|\((?!@)[^)]*\)|\s)*)(?:(@@?)\s*(.*))?$/;
const LOT = /\{(\{?)([^}]*)\}\}?/;

/** @param lotFirst whether a lot's cost values the line before its price does (Beancount) */
export function readPricedAmount(
  text: string,
  style: AmountStyle,
  lotFirst: boolean,
): PricedAmount | AmountFault {
  const shown = text.trim();
  if (!/[@{[]/.test(shown)) {
    const read = readJournalAmount(shown, style);
    return 'code' in read ? read : { ...read, price: null, beside: '' };
  }
  const [, amountText, beside = '', sign, priceText = ''] = PARTS.exec(shown) ?? [];
  if (amountText === undefined) {
    return { code: 'not-understood', message: `“${shown}” is not an amount with a price.` };
  }
  const amount = readJournalAmount(amountText, style);
  if ('code' in amount) return amount;
  const lot = readLot(beside, style);
  if (lot && 'code' in lot) return lot;
  const price = sign ? readPrice(sign === '@' ? 'each' : 'all', priceText, style) : null;
  if (price && 'code' in price) return price;
  const said = beside.trim().replace(/\s+/g, ' ');
  if (lot && (lotFirst || !price)) {
    const other = price ? `${sign} ${priceText.trim()}` : '';
    return { ...amount, price: lot, beside: [said, other].filter(Boolean).join(' ') };
  }
  return { ...amount, price, beside: said };
}

/** The cost in a lot's braces; null without braces. */
function readLot(text: string, style: AmountStyle): Price | AmountFault | null {
  const [found, total, inner = ''] = LOT.exec(text) ?? [];
  if (found === undefined) return null;
  const cost = inner.split(',')[0]!.trim().replace(/^=/, '');
  if (!/\d/.test(cost) || /^\d{4}[-/]\d/.test(cost) || /[#*]/.test(cost)) {
    return {
      code: 'lot-without-cost',
      message: `The lot ${found} doesn’t say its cost: write what one of it cost, as {50.00 USD}.`,
    };
  }
  return readPrice(total === '{' ? 'all' : 'each', cost, style);
}

function readPrice(of: Price['of'], text: string, style: AmountStyle): Price | AmountFault {
  const read = readJournalAmount(text, { ...style, exponent: 18 });
  if ('code' in read) return read;
  if (read.quantity.digits < 0n) {
    return { code: 'price-negative', message: `The price ${text.trim()} is negative.` };
  }
  return { of, unit: read.unit, value: read.quantity };
}
