// There is no such page, or it belongs to somebody else; which of the two is not said.
import { PlainPage } from './_components/plain-page.tsx';

export default function NotFound() {
  return (
    <PlainPage title="There is nothing at this address">
      The page may have moved, or it is in a book that isn’t among yours.
    </PlainPage>
  );
}
