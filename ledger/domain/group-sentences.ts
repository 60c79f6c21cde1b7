// Sentences about groups of books.
import type { Refusal } from './refusals.ts';

type GroupCode =
  | 'group-member-unknown'
  | 'group-member-exists'
  | 'group-of-itself'
  | 'group-in-group'
  | 'picks-malformed';

export function groupWords(
  refusal: Extract<Refusal, { readonly code: GroupCode }>,
): readonly [title: string, sentence: string] {
  switch (refusal.code) {
    case 'group-member-unknown':
      return [
        'No such book',
        `${refusal.book || 'An empty address'} is no book that you may read. Be made a member of it first.`,
      ];
    case 'group-member-exists':
      return ['In the group already', `${refusal.book} belongs to this group already.`];
    case 'group-of-itself':
      return ['The book itself', 'A book is no member of itself: its own entries count anyway.'];
    case 'group-in-group':
      return [
        'A group in a group',
        `${refusal.book} is a group or belongs to one. Add its members instead: groups have one level.`,
      ];
    case 'picks-malformed':
      return [
        'Picks no accounts',
        `“${refusal.term}” picks no accounts of another book. Write a code (1500), codes from one to another (1500..1599), name Assets:Bank or type asset, parted by semicolons.`,
      ];
  }
}
