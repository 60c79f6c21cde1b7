// The budget of a fiscal year: income and expenses by account, month and values of dimensions.
import type { Metadata } from 'next';
import Link from 'next/link';
import { isResultAccount } from '#ledger/domain/account.ts';
import { budgetMonths } from '#ledger/domain/budget.ts';
import {
  addDays,
  type FiscalYear,
  fiscalYearOf,
  monthOf,
  parsePeriod,
  previousFiscalYear,
  todayIn,
  yearPeriod,
} from '#ledger/domain/calendar.ts';
import { type CurrencyCode, exponentOf } from '#ledger/domain/currency.ts';
import classes from '../../../_components/budget/budget.module.css';
import { CopyForm, FileForm } from '../../../_components/budget/budget-forms.tsx';
import { BudgetGrid } from '../../../_components/budget/budget-grid.tsx';
import { type GridRow, rowKey } from '../../../_components/budget/typed-budget.ts';
import { ValueRowForm } from '../../../_components/budget/value-row-form.tsx';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { plain } from '../../../_server/plain.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Budget' };

interface Asked {
  readonly year?: string | string[];
  /** A row to plan for: an account's code, then values as `centre:north`, parted by spaces. */
  readonly row?: string | string[];
}

export default async function BudgetPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Asked>;
}) {
  const { slug } = await params;
  const { row, year: name } = await searchParams;
  const { book, may } = await requireMember(slug, 'report.read');
  const { calendar } = book;
  const today = todayIn(book.timeZone, Date.now());
  const asked = typeof name === 'string' ? parsePeriod(calendar, name) : null;
  const year = asked?.kind === 'year' ? asked.fiscalYear : fiscalYearOf(calendar, today);
  const { months } = yearPeriod(calendar, year);
  const { queries } = rooms();
  const [chart, lines, dimensions] = await Promise.all([
    queries.chart(book.id),
    queries.budget(book.id, months[0]!, months.at(-1)!),
    queries.dimensions(book.id),
  ]);
  const planned = new Map(
    lines.map((line) => [rowKey(line), plain(line.amounts) as Record<string, string>]),
  );
  const accounts = chart.filter(({ type }) => isResultAccount(type));
  const open = accounts.filter(
    ({ closed, code }) => !closed || lines.some(({ account }) => account === code),
  );
  const wanted = typeof row === 'string' ? readRow(row) : null;
  const rows = open.flatMap(({ code, name: called, type }): GridRow[] => {
    const own = lines.filter(({ account }) => account === code).map((line) => line.dimensions);
    const all = [{}, ...own, ...(wanted?.account === code ? [wanted.dimensions] : [])];
    const distinct = new Map(
      all.map((named) => [rowKey({ account: code, dimensions: named }), named]),
    );
    return [...distinct].map(([key, named]) => ({
      ...{ account: code, name: called, dimensions: named },
      type: type === 'income' ? 'income' : 'expense',
      kept: planned.get(key) ?? {},
    }));
  });
  const mayChange = may('budget.change');
  const { previous, next } = beside(book.calendar, year, budgetMonths(calendar.startDate, today));
  return (
    <>
      <PageHeader title={`Budget ${year.name}`} />
      <nav className={classes.year} aria-label="Years">
        {previous ? <Link href={`?year=${previous}`}>{previous}</Link> : null}
        <strong>{year.name}</strong>
        {next ? <Link href={`?year=${next}`}>{next}</Link> : null}
        <Link href={`/books/${book.slug}/reports/budget/${year.name}`}>Budget and actual</Link>
      </nav>
      {rows.length === 0 ? (
        <EmptyState title="The book has no accounts of income or expenses yet">
          Open them in Accounts; each gets a row here.
        </EmptyState>
      ) : (
        <BudgetGrid
          key={year.name}
          slug={book.slug}
          style={{ locale: book.locale, negatives: book.negatives }}
          exponent={exponentOf(book.baseCurrency as CurrencyCode)}
          months={months}
          rows={rows}
          mayChange={mayChange}
        />
      )}
      {mayChange && rows.length > 0 ? (
        <>
          {dimensions.some(({ values }) => values.length > 0) ? (
            <section className={form.section}>
              <h2>Plan for a cost centre or project</h2>
              <p>Amounts of an account’s rows add up: what is planned for no value and for each.</p>
              <ValueRowForm
                year={year.name}
                accounts={open.map(({ code, name: called }) => ({
                  value: code,
                  label: `${code} ${called}`,
                }))}
                dimensions={dimensions.map(({ code, name: called, values }) => ({
                  code,
                  name: called,
                  values: values
                    .filter(({ closed }) => !closed)
                    .map((value) => ({ value: value.code, label: `${value.code} ${value.name}` })),
                }))}
              />
            </section>
          ) : null}
          <section className={form.section}>
            <h2>Like the year before</h2>
            <p>Month by month, so many per cent more or less.</p>
            <CopyForm slug={book.slug} year={year.name} />
          </section>
          <section className={form.section}>
            <h2>From a spreadsheet</h2>
            <p>
              Copied cells can be pasted into the grid. A file has a column account, one per month
              named as 2026-01, and one per dimension named as dimension:centre.
            </p>
            <FileForm slug={book.slug} />
          </section>
        </>
      ) : null}
    </>
  );
}

function readRow(text: string): Pick<GridRow, 'account' | 'dimensions'> {
  const [account = '', ...values] = text.split(' ');
  return {
    account,
    dimensions: Object.fromEntries(
      values.map((value) => value.split(':')).filter(({ length }) => length === 2),
    ),
  };
}

/** Names of the years before and after, where a budget reaches them. */
function beside(
  calendar: Parameters<typeof fiscalYearOf>[0],
  year: FiscalYear,
  { last }: ReturnType<typeof budgetMonths>,
): { previous: string | null; next: string | null } {
  const next = fiscalYearOf(calendar, addDays(year.to, 1));
  return {
    previous: previousFiscalYear(calendar, year)?.name ?? null,
    next: monthOf(next.to) <= last ? next.name : null,
  };
}
