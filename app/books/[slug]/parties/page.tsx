// Customers and suppliers, and the accounts that control what they owe and are owed.
import type { Metadata } from 'next';
import Link from 'next/link';
import { isResultAccount } from '#ledger/domain/account.ts';
import { addParty, changeParty, designateAccount } from '../../../_actions/line-facts.ts';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import { CodedList } from '../../../_components/line-facts/coded-list.tsx';
import { FactForm } from '../../../_components/line-facts/fact-form.tsx';
import { SendButton } from '../../../_components/line-facts/send-button.tsx';
import list from '../../../_components/list.module.css';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Customers and suppliers' };

export default async function PartiesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may } = await requireMember(slug, 'account.read');
  const { queries } = rooms();
  const [parties, chart] = await Promise.all([queries.parties(book.id), queries.chart(book.id)]);
  const fixed = { slug: book.slug };
  const controls = chart.filter((account) => account.controls !== null);
  const possible = chart.filter(({ closed, type }) => !closed && !isResultAccount(type));
  return (
    <>
      <PageHeader title="Customers and suppliers" />
      {may('party.change') ? (
        <FactForm
          label="Add a customer or supplier"
          button="Add"
          command={addParty}
          fixed={fixed}
          fields={[
            { name: 'code', label: 'Code', most: 32 },
            { name: 'name', label: 'Name' },
          ]}
        />
      ) : null}
      {parties.length === 0 ? (
        <EmptyState title="The book has no customers or suppliers yet">
          Lines that name one, with the number of an invoice, stand in the open items until they are
          paid.
        </EmptyState>
      ) : (
        <CodedList
          things={parties}
          change={may('party.change') ? changeParty : null}
          fixed={fixed}
        />
      )}
      {may('party.change') && parties.length > 0 ? (
        <section className={form.section}>
          <h2>Another name</h2>
          <FactForm
            label="Rename a customer or supplier"
            button="Rename"
            command={changeParty}
            fixed={fixed}
            fields={[
              {
                name: 'code',
                label: 'Who',
                choices: parties.map(({ code, name }) => ({
                  value: code,
                  label: `${code} ${name}`,
                })),
              },
              { name: 'name', label: 'New name' },
            ]}
          />
        </section>
      ) : null}
      <section className={form.section}>
        <h2>Control accounts</h2>
        <p>
          What stands on these accounts is listed by age and by invoice in{' '}
          <Link href={`/books/${book.slug}/reports`}>the reports</Link>, equal to the account to the
          cent.
        </p>
        {controls.length > 0 ? (
          <div className={`${list.frame} ${list.narrow}`}>
            <table className={list.table}>
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  <th scope="col">Controls</th>
                  <th scope="col">
                    <span className="db-skip">Change</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {controls.map((account) => (
                  <tr key={account.code}>
                    <th scope="row">
                      {account.code} {account.name}
                    </th>
                    <td>{account.controls}</td>
                    <td className={`${list.tight} ${list.end}`}>
                      {may('account.change') ? (
                        <SendButton
                          command={designateAccount}
                          input={{ ...fixed, code: account.code, controls: null }}
                          label={`Make ${account.code} ${account.name} an ordinary account`}
                        >
                          Make ordinary
                        </SendButton>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {may('account.change') && possible.length > 0 ? (
          <FactForm
            label="Name a control account"
            button="Name as control account"
            command={designateAccount}
            fixed={fixed}
            fields={[
              {
                name: 'code',
                label: 'Account',
                choices: possible.map(({ code, name }) => ({
                  value: code,
                  label: `${code} ${name}`,
                })),
              },
              {
                name: 'controls',
                label: 'Of',
                choices: [
                  { value: 'receivables', label: 'receivables' },
                  { value: 'payables', label: 'payables' },
                ],
              },
            ]}
          />
        ) : null}
      </section>
    </>
  );
}
