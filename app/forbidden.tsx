// The book is theirs, but not this room.
import { PlainPage } from './_components/plain-page.tsx';

export default function Forbidden() {
  return (
    <PlainPage title="Your role doesn’t open this page">
      An owner of the book can change your role under Members.
    </PlainPage>
  );
}
