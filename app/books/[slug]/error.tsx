// As the error page of the house, but inside the book’s frame, so that the other rooms stay within reach.
'use client';

import { Button } from '@mantine/core';
import { PlainPage } from '../../_components/plain-page.tsx';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <PlainPage
      title="This page couldn’t be made"
      action={
        <Button size="sm" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something failed on our side; nothing you entered was lost by it.
      {error.digest ? ` In the log this is number ${error.digest}.` : ''}
    </PlainPage>
  );
}
