// Creates a book; whoever does so is its owner. The chart's accounts are opened by the same events as any other.
import { z } from 'zod';
import { type CalendarDate, lastDay, monthOf, parseDate } from '#ledger/domain/calendar.ts';
import { isCurrencyCode } from '#ledger/domain/currency.ts';
import type { LedgerEvent } from '#ledger/domain/events.ts';
import { type Layouts, layoutsText, STATEMENTS } from '#ledger/domain/statement-layout.ts';
import { appendEvents } from '#ledger/store/append-events.ts';
import { refuse } from './answer.ts';
import { locale, timeZone } from './book-settings.ts';
import { CHART_NAMES, chartAccounts, chartLayouts, ROUNDING_CODE } from './charts.ts';
import { plain, requiredLine } from './input-shapes.ts';
import { insertAccounts, openedEvent, reserveAccountIds } from './open-account.ts';
import type { OwnUseCase } from './run-for-user.ts';

const INPUT = z.strictObject({
  name: requiredLine(200),
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
    error: 'is 1 to 40 small letters, digits and hyphens, and begins with a letter or digit',
  }),
  baseCurrency: plain(10),
  /** Without it: the first of January of this year. */
  startDate: plain(40).optional(),
  /** Without it: a year after the first day. */
  firstYearEnd: plain(40).optional(),
  timeZone: timeZone.default('UTC'),
  locale: locale.default('en-GB'),
  chart: z.enum(CHART_NAMES).default('minimal'),
});
type Input = z.output<typeof INPUT>;

const LONGEST_FIRST_YEAR_MONTHS = 24;

export const createBook: OwnUseCase<Input, { id: number; slug: string }> = {
  name: 'createBook',
  input: INPUT,
  receipt: true,
  async run(client, userId, input) {
    const { baseCurrency, slug, chart } = input;
    if (!isCurrencyCode(baseCurrency)) {
      return refuse({ code: 'currency-unknown', field: 'baseCurrency', currency: baseCurrency });
    }
    const { startDate, firstYearEnd } = firstYear(input);
    const drafts = chartAccounts(chart);
    const ids = await reserveAccountIds(client, drafts.length);
    const accounts = drafts.map((draft, index) => ({ ...draft, id: ids[index]! }));
    const roundingAccount = accounts.find(({ code }) => code === ROUNDING_CODE)?.id ?? null;
    const settings = {
      name: input.name,
      legalName: '',
      registrationNumber: '',
      address: '',
      timeZone: input.timeZone,
      locale: input.locale,
      negatives: 'minus' as const,
      roundingAccount,
    };
    const inserted = await client.query<{ id: number }>(
      `insert into books (slug, name, base_currency, start_date, first_year_end, chart, time_zone, locale, negatives,
         presentation_position)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'minus', 1) on conflict (slug) do nothing returning id`,
      [
        slug,
        input.name,
        baseCurrency,
        startDate,
        firstYearEnd,
        chart,
        input.timeZone,
        input.locale,
      ],
    );
    const id = inserted.rows[0]?.id ?? refuse({ code: 'slug-in-use', field: 'slug', slug });
    await client.query(
      "insert into memberships (book_id, user_id, role) values ($1, $2, 'owner')",
      [id, userId],
    );
    const begun: LedgerEvent[] = [
      { type: 'BookCreated', slug, baseCurrency, startDate, firstYearEnd, chart, settings },
      { type: 'MemberAdded', user: userId, role: 'owner' },
    ];
    const layouts = chartLayouts(chart);
    const head = await appendEvents(client, id, userId, { position: 0, hash: Buffer.alloc(0) }, [
      ...begun,
      ...accounts.map((account) => openedEvent(account.id, account)),
      ...layoutEvents(layouts),
    ]);
    await insertAccounts(client, id, begun.length + 1, accounts);
    if (layoutEvents(layouts).length > 0) {
      await client.query(
        'update books set layouts = $2, presentation_position = $3 where id = $1',
        [id, layoutsText(layouts), head.position],
      );
    }
    if (roundingAccount !== null) {
      await client.query('update books set rounding_account_id = $2 where id = $1', [
        id,
        roundingAccount,
      ]);
    }
    const access = { userIds: [userId], bookIds: [id] };
    return { position: head.position, result: { id, slug }, access };
  },
};

const layoutEvents = (layouts: Layouts): LedgerEvent[] =>
  STATEMENTS.flatMap((statement) => {
    const lines = layouts[statement];
    return lines ? [{ type: 'StatementLayoutSet', statement, lines } as const] : [];
  });

/** The first day and the first year's end, which is the last day of a month at most two years later. */
function firstYear(input: Input): { startDate: CalendarDate; firstYearEnd: CalendarDate } {
  const asked = input.startDate ?? `${new Date().toISOString().slice(0, 4)}-01-01`;
  const startDate =
    parseDate(asked) ?? refuse({ code: 'date-malformed', field: 'startDate', date: asked });
  const end = input.firstYearEnd ?? yearAfter(startDate);
  const firstYearEnd =
    parseDate(end) ?? refuse({ code: 'date-malformed', field: 'firstYearEnd', date: end });
  if (firstYearEnd < startDate) {
    refuse({ code: 'first-year-end-before-first-day', field: 'firstYearEnd', startDate });
  }
  const months =
    (+firstYearEnd.slice(0, 4) - +startDate.slice(0, 4)) * 12 +
    (+firstYearEnd.slice(5, 7) - +startDate.slice(5, 7)) +
    1;
  if (firstYearEnd !== lastDay(monthOf(firstYearEnd)) || months > LONGEST_FIRST_YEAR_MONTHS) {
    const problem = `The first year ends with a month, at most ${LONGEST_FIRST_YEAR_MONTHS} months after it began.`;
    refuse({ code: 'input-malformed', field: 'firstYearEnd', problem });
  }
  return { startDate, firstYearEnd };
}

/** The last day of the twelfth month. */
function yearAfter(start: CalendarDate): CalendarDate {
  const [year, month] = [+start.slice(0, 4), +start.slice(5, 7)];
  const end = month === 1 ? `${year}-12` : `${year + 1}-${String(month - 1).padStart(2, '0')}`;
  return lastDay(end as Parameters<typeof lastDay>[0]);
}
