// Under a report: the way to what it said earlier, and to what this document is worth later.
import { Button, TextInput } from '@mantine/core';
import Link from 'next/link';
import classes from './known-report.module.css';

export function KnownAt({
  address,
  verify,
  today,
}: {
  address: string;
  verify: string;
  today: string;
}) {
  return (
    <form className={classes.ask} action={address} method="get">
      <TextInput
        size="xs"
        type="date"
        name="knownAt"
        label="As it was known at the end of"
        max={today}
        required
      />
      <Button type="submit" size="xs" variant="default">
        Show
      </Button>
      <Link href={verify}>Verify this document</Link>
    </form>
  );
}
