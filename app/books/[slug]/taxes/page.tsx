// Tax codes of the book, their rates by day and their boxes of the return.
import type { Metadata } from 'next';
import { defineTaxCode, setTaxRate } from '../../../_actions/line-facts.ts';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import { FactForm } from '../../../_components/line-facts/fact-form.tsx';
import list from '../../../_components/list.module.css';
import { dayText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Taxes' };

export default async function TaxesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'account.read');
  const { queries } = rooms();
  const [codes, chart] = await Promise.all([queries.taxCodes(book.id), queries.chart(book.id)]);
  const fixed = { slug: book.slug };
  return (
    <>
      <PageHeader title="Taxes" />
      {codes.length === 0 ? (
        <EmptyState title="The book has no tax codes yet">
          A line that names a tax code gets its tax as a line of its own, at the rate of the day,
          and both are counted in the boxes of the tax return.
        </EmptyState>
      ) : (
        <div className={list.frame}>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Name</th>
                <th scope="col">Kind</th>
                <th scope="col">Account</th>
                <th scope="col">Box, taxed</th>
                <th scope="col">Box, tax</th>
                <th scope="col">Rates</th>
              </tr>
            </thead>
            <tbody>
              {codes.map((tax) => (
                <tr key={tax.code}>
                  <th scope="row">{tax.code}</th>
                  <td className={tax.closed ? list.muted : undefined}>
                    {tax.name}
                    {tax.closed ? ' (closed)' : ''}
                  </td>
                  <td>{tax.kind}</td>
                  <td>{tax.account}</td>
                  <td>{tax.baseBox}</td>
                  <td>{tax.taxBox}</td>
                  <td>
                    {tax.rates.length === 0
                      ? 'none yet'
                      : tax.rates
                          .map(({ from, rate }) => `${rate} % from ${dayText(from, book.locale)}`)
                          .join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {may('tax.change') && codes.length > 0 ? (
        <section className={form.section}>
          <h2>Rates</h2>
          <p>A rate holds from its day on. What is posted keeps the tax it was posted with.</p>
          <FactForm
            label="Set a rate"
            button="Set rate"
            command={setTaxRate}
            fixed={fixed}
            fields={[
              {
                name: 'code',
                label: 'Tax code',
                choices: codes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
              },
              { name: 'from', label: 'From', most: 40, placeholder: '2026-01-01' },
              { name: 'rate', label: 'Per cent', most: 40, placeholder: '25' },
            ]}
          />
        </section>
      ) : null}
      {may('tax.change') && chart.length > 0 ? (
        <section className={form.section}>
          <h2>Another tax code</h2>
          <FactForm
            label="Define a tax code"
            button="Define"
            command={defineTaxCode}
            fixed={fixed}
            fields={[
              { name: 'code', label: 'Code', most: 32 },
              { name: 'name', label: 'Name' },
              {
                name: 'kind',
                label: 'Kind',
                choices: [
                  { value: 'output', label: 'charged on sales' },
                  { value: 'input', label: 'paid on purchases' },
                ],
              },
              {
                name: 'account',
                label: 'Account of the tax',
                choices: chart
                  .filter(({ closed }) => !closed)
                  .map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
              },
              { name: 'baseBox', label: 'Box of what was taxed', most: 32 },
              { name: 'taxBox', label: 'Box of the tax', most: 32 },
            ]}
          />
        </section>
      ) : null}
    </>
  );
}
