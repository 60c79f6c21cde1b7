// Who works in this book, and as what.
import type { Metadata } from 'next';
import list from '../../../_components/list.module.css';
import { MemberList } from '../../../_components/members/member-list.tsx';
import { PageHeader } from '../../../_components/page-header.tsx';
import { requireMember } from '../../../_server/actor.ts';
import { rooms } from '../../../_server/rooms.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { book, person, may } = await requireMember(slug, 'member.read');
  const members = await rooms().queries.membersOf(book.id);
  return (
    <>
      <PageHeader title="Members" />
      <div className={`${list.frame} ${list.narrow}`}>
        <MemberList
          slug={book.slug}
          members={members}
          own={person.id}
          mayChange={may('member.change')}
        />
      </div>
    </>
  );
}
