// ISO 4217: the active currencies, their number of decimals and the symbols that mean them in a file or on paper.

/** An ISO 4217 alphabetic code, for example `EUR`. */
export type CurrencyCode = string & { readonly __code: 'iso4217' };

const TWO_DECIMALS =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND';
const FOUR_DECIMALS = 'CLF UYW';

const EXPONENTS = new Map<string, number>();
for (const [codes, exponent] of [
  [TWO_DECIMALS, 2],
  [NO_DECIMALS, 0],
  [THREE_DECIMALS, 3],
  [FOUR_DECIMALS, 4],
] as const) {
  for (const code of codes.split(' ')) EXPONENTS.set(code, exponent);
}

const SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₩': ['KRW'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  zł: ['PLN'],
  kr: ['NOK', 'SEK', 'DKK', 'ISK'],
};

export const currencyCodes = (): CurrencyCode[] => [...EXPONENTS.keys()].sort() as CurrencyCode[];
export const isCurrencyCode = (text: string): text is CurrencyCode => EXPONENTS.has(text);

/** Number of decimals of a currency (ISO 4217 minor unit). @throws RangeError for a code that is not in the table. */
export function exponentOf(currency: CurrencyCode): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is not an ISO 4217 currency`);
  return exponent;
}

/** Whether a commodity as written in a file (`$`, `EUR`, nothing) can stand for this currency. */
export const meansCurrency = (commodity: string, currency: CurrencyCode): boolean =>
  commodity === '' || commodity === currency || (SYMBOLS[commodity]?.includes(currency) ?? false);

/** The currency that a symbol of files usually means, the first where there are several; null for none. */
export const currencyOfSymbol = (symbol: string): CurrencyCode | null =>
  (SYMBOLS[symbol]?.[0] as CurrencyCode | undefined) ?? null;
