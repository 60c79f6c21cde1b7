// Which type an account of a Norwegian SAF-T file has. AccountType is always GL there and says nothing. The rule:
// 1. its GroupingCategory: of Skatteetaten's list for version 1.30 (the categories of the business specification), or the
//    type itself, as Daybook writes it;
// 2. else the first number of NS 4102 among StandardAccountID, GroupingCode and the account's own number;
// 3. else nobody knows, and whoever imports is asked.
import { ACCOUNT_TYPES, type AccountType } from '#ledger/domain/account.ts';

const BY_CATEGORY: Readonly<Record<string, AccountType>> = {
  balanseverdiForAnleggsmiddel: 'asset',
  balanseverdiForOmloepsmiddel: 'asset',
  balanseverdiForBankOgForsikringseiendel: 'asset',
  langsiktigGjeld: 'liability',
  kortsiktigGjeld: 'liability',
  gjeldInnenBankOgForsikring: 'liability',
  egenkapital: 'equity',
  endringIEgenkapitalInnenBankOgForsikring: 'equity',
  'resultatDisponeringForSAF-T': 'equity',
  // Other comprehensive income stands in equity (IAS 1.106).
  resultatkomponentForIFRSForetak: 'equity',
  bankOgForsikringsinntektEllerKostnadSomIkkeBlirOmklassifisertTilResultatet: 'equity',
  bankOgForsikringsinntektEllerKostnadSomKanBliOmklassifisertTilResultatet: 'equity',
  salgsinntekt: 'income',
  annenDriftsinntekt: 'income',
  finansinntekt: 'income',
  bankOgForsikringsinntekt: 'income',
  varekostnad: 'expense',
  loennskostnad: 'expense',
  annenDriftskostnad: 'expense',
  finanskostnad: 'expense',
  skattekostnad: 'expense',
  bankOgForsikringskostnad: 'expense',
};

/**
 * By NS 4102: class 1 assets; group 20 equity, the rest of class 2 liabilities; class 3 income; 4 to 7 expenses; of class 8
 * groups 80 and 84 (financial and extraordinary income) income, 88 and 89 (the year's result and its use) equity, others
 * expenses. The first that matches counts.
 */
const BY_NUMBER: readonly (readonly [RegExp, AccountType])[] = [
  [/^1\d/, 'asset'],
  [/^20/, 'equity'],
  [/^2\d/, 'liability'],
  [/^3\d|^8[04]/, 'income'],
  [/^8[89]/, 'equity'],
  [/^[4-8]\d/, 'expense'],
];

/** What an account says of itself; empty where it says nothing. */
export interface SaftGrouping {
  readonly category: string;
  readonly groupingCode: string;
  readonly standardAccount: string;
  readonly account: string;
}

/** @returns undefined where nothing says it */
export function saftAccountType(of: SaftGrouping): AccountType | undefined {
  if (Object.hasOwn(BY_CATEGORY, of.category)) return BY_CATEGORY[of.category];
  const named = ACCOUNT_TYPES.find((type) => type === of.category);
  if (named) return named;
  for (const number of [of.standardAccount, of.groupingCode, of.account]) {
    // Numbers with points are those of banks and insurers, which NS 4102 has not.
    const found = /^\d+$/.test(number) && BY_NUMBER.find(([pattern]) => pattern.test(number));
    if (found) return found[1];
  }
  return undefined;
}
