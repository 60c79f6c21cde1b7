// The reports whose printed pages are written down word by word in golden-pages.txt: small ones of every paper, sign
// and length. Where a word stands is part of the look; a change of it is a decision.
import type { BookTitle, ReportBody } from '#reports/catalogue/report.ts';
import type { ReportSource } from '#reports/render/report-source.ts';
import { longLedger, TITLE, trialBalance } from '../delivery/sample-reports.ts';

const whole = (body: ReportBody): Omit<ReportSource, 'digest'> => ({
  body,
  async *rows() {
    yield body.rows;
  },
});

const LONG =
  'Peñalosa & Sons of the Great Northern Shipping, Forwarding and Warehousing Company (Łódź) 1887 Limited';

const american = { ...TITLE, locale: 'en-US', negatives: 'parentheses' as const, legalName: LONG };

function statement(): ReportBody {
  const body = trialBalance(7);
  const rows = body.rows.flatMap((row) => [
    row,
    ...(row.account === '1000' ? [{ ...row, account: '1005', name: `${LONG}, Tokyo` }] : []),
  ]);
  return { ...body, book: american, rows, notes: ['AVA To “Yes” -> März.', LONG.repeat(2)] };
}

const german = (): ReportBody => ({
  ...trialBalance(1204),
  book: { ...TITLE, locale: 'de-DE', timeZone: 'Europe/Berlin' },
});

/** The first lines of a ledger and its end. */
function shortLedger(book: BookTitle): Omit<ReportSource, 'digest'> {
  const { body, rows } = longLedger(500);
  return {
    body: { ...body, book },
    async *rows() {
      for await (const batch of rows()) yield [...batch.slice(0, 70), ...batch.slice(71).slice(-1)];
    },
  };
}

export const GOLDEN: Readonly<Record<string, () => Omit<ReportSource, 'digest'>>> = {
  'trial balance, A4': () => whole(trialBalance(1204)),
  'trial balance, letter, parentheses, long names, notes': () => whole(statement()),
  'trial balance, German': () => whole(german()),
  'general ledger, A4': () => shortLedger(TITLE),
  'general ledger, letter, parentheses': () => shortLedger(american),
};
