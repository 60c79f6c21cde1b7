// The book's dimensions, their trees of values, and the accounts whose lines must name one.
import type { Metadata } from 'next';
import type { ListedDimension } from '#ledger/queries/line-facts.ts';
import {
  addDimensionValue,
  changeDimensionValue,
  defineDimension,
  requireDimension,
} from '../../../_actions/line-facts.ts';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import { CodedList } from '../../../_components/line-facts/coded-list.tsx';
import { FactForm } from '../../../_components/line-facts/fact-form.tsx';
import { SendButton } from '../../../_components/line-facts/send-button.tsx';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Dimensions' };

/** Values under those that they are parts of. */
const inTree = (
  values: ListedDimension['values'],
  parent: string | null = null,
  depth = 0,
): (ListedDimension['values'][number] & { readonly depth: number })[] =>
  values
    .filter((value) => value.parent === parent)
    .flatMap((value) => [{ ...value, depth }, ...inTree(values, value.code, depth + 1)]);

export default async function DimensionsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'account.read');
  const { queries } = rooms();
  const [dimensions, chart] = await Promise.all([
    queries.dimensions(book.id),
    queries.chart(book.id),
  ]);
  const mayChange = may('dimension.change');
  const accounts = chart
    .filter(({ closed }) => !closed)
    .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
  return (
    <>
      <PageHeader title="Dimensions" />
      {dimensions.length === 0 ? (
        <EmptyState title="The book has no dimensions yet">
          A dimension counts income and expenses a second way: by cost centre, project, branch or
          whatever you need. Define one, then its values.
        </EmptyState>
      ) : null}
      {dimensions.map((dimension) => (
        <section key={dimension.code} className={form.section}>
          <h2>
            {dimension.name} ({dimension.code})
          </h2>
          {dimension.requiredBy.map((account) => (
            <p key={account}>
              Lines on {account} must name a value.{' '}
              {mayChange ? (
                <SendButton
                  command={requireDimension}
                  input={{ slug: book.slug, account, dimension: dimension.code, required: false }}
                  label={`No longer require ${dimension.name} on ${account}`}
                >
                  No longer
                </SendButton>
              ) : null}
            </p>
          ))}
          {dimension.values.length > 0 ? (
            <CodedList
              things={inTree(dimension.values)}
              change={mayChange ? changeDimensionValue : null}
              fixed={{ slug: book.slug, dimension: dimension.code }}
            />
          ) : null}
          {mayChange ? (
            <>
              <FactForm
                label={`Add a value to ${dimension.name}`}
                button="Add value"
                command={addDimensionValue}
                fixed={{ slug: book.slug, dimension: dimension.code }}
                fields={[
                  { name: 'code', label: 'Code', most: 32 },
                  { name: 'name', label: 'Name' },
                  {
                    name: 'parent',
                    label: 'Part of',
                    orNone: true,
                    choices: [
                      { value: '', label: '–' },
                      ...dimension.values.map(({ code, name }) => ({
                        value: code,
                        label: `${code} ${name}`,
                      })),
                    ],
                  },
                ]}
              />
              <FactForm
                label={`Require ${dimension.name} on an account`}
                button="Require on this account"
                command={requireDimension}
                fixed={{ slug: book.slug, dimension: dimension.code, required: true }}
                fields={[{ name: 'account', label: 'Account', choices: accounts }]}
              />
            </>
          ) : null}
        </section>
      ))}
      {mayChange ? (
        <section className={form.section}>
          <h2>Another dimension</h2>
          <FactForm
            label="Define a dimension"
            button="Define"
            command={defineDimension}
            fixed={{ slug: book.slug }}
            fields={[
              { name: 'code', label: 'Code', most: 32, placeholder: 'centre' },
              { name: 'name', label: 'Name', placeholder: 'Cost centre' },
            ]}
          />
        </section>
      ) : null}
    </>
  );
}
