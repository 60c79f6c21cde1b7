// The books that belong to this one as their group: when each was last taken, what is eliminated, where accounts go.
import type { Metadata } from 'next';
import Link from 'next/link';
import type { ListedGroupMember } from '#ledger/queries/group-members.ts';
import { addGroupMember, changeGroupMember, removeGroupMember } from '../../../_actions/group.ts';
import { EmptyState } from '../../../_components/empty-state.tsx';
import form from '../../../_components/forms/form.module.css';
import { MemberForm } from '../../../_components/group/member-form.tsx';
import { SendButton } from '../../../_components/line-facts/send-button.tsx';
import { momentText } from '../../../_components/locale.ts';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { booksOf } from '../../../_server/books.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Group' };

export default async function GroupPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, may, person } = await requireMember(slug, 'group.read');
  const members = await rooms().queries.groupMembers(book.id);
  const mayChange = may('group.change');
  const taken = new Set([book.slug, ...members.map((member) => member.book)]);
  const others = mayChange
    ? (await booksOf(person)).filter(({ book: own }) => !own.isGroup && !taken.has(own.slug))
    : [];
  const clock = { locale: book.locale, timeZone: book.timeZone };
  return (
    <>
      <PageHeader title="Group" />
      {members.length === 0 ? (
        <EmptyState title="No other books belong to this one">
          A group adds up its own entries and the balances of other books in consolidated
          statements: translated into its currency at its rates, and rid of what the books deal with
          each other.
        </EmptyState>
      ) : (
        <section className={form.section}>
          <p>
            The <Link href={`/books/${book.slug}/reports`}>reports</Link> have the consolidated
            statements. Members in other currencies are translated at the{' '}
            <Link href={`/books/${book.slug}/currencies`}>rates of this book</Link>.
          </p>
        </section>
      )}
      {members.map((member) => (
        <section key={member.book} className={form.section}>
          <h2>
            {member.name} ({member.currency})
          </h2>
          <p>
            {standing(member, clock)}{' '}
            {mayChange ? (
              <SendButton
                command={removeGroupMember}
                input={{ slug: book.slug, book: member.book }}
                label={`Remove ${member.name} from the group`}
              >
                Remove
              </SendButton>
            ) : null}
          </p>
          {mayChange ? (
            <MemberForm
              slug={book.slug}
              label={`Change ${member.name}`}
              button="Change"
              command={changeGroupMember}
              books={[{ value: member.book, label: member.name }]}
              before={member}
            />
          ) : (
            <Facts {...member} />
          )}
        </section>
      ))}
      {others.length > 0 ? (
        <section className={form.section}>
          <h2>Another book</h2>
          <MemberForm
            slug={book.slug}
            label="Add a book to the group"
            button="Add"
            command={addGroupMember}
            books={others.map(({ book: own }) => ({ value: own.slug, label: own.name }))}
          />
        </section>
      ) : null}
    </>
  );
}

function standing(
  { position, readable, takenAt }: ListedGroupMember,
  { locale, timeZone }: { readonly locale: string; readonly timeZone: string },
): string {
  if (!readable) {
    return 'No longer taken: whoever added or last changed it may not read it any more, or no longer owns this group. Another owner who may can change it.';
  }
  return takenAt === null
    ? 'Its balances are about to be taken.'
    : `Last taken ${momentText(takenAt, locale, timeZone)}, at its event ${position}.`;
}

function Facts({ intercompany, mapping }: ListedGroupMember) {
  return (
    <>
      <p>Intercompany accounts: {intercompany || 'none'}.</p>
      {mapping.map(({ accounts, to }) => (
        <p key={accounts}>
          {accounts} → {to}
        </p>
      ))}
    </>
  );
}
