// Reverses the entry on this page; says what that does before it does it.
'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { reverseEntry } from '../../_actions/entries.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';
import classes from './entry.module.css';

export function ReverseForm({
  slug,
  number,
  date,
}: {
  slug: string;
  number: number;
  date: string;
}) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const { pending, refusal, send, clear } = useCommand(reverseEntry);
  const close = () => {
    clear();
    setOpen(false);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const day = String(data.get('date') ?? '');
    const answer = await send({
      slug,
      number,
      date: day === '' ? null : day,
      reason: String(data.get('reason') ?? ''),
    });
    if (answer) router.push(`/books/${slug}/entries/${answer.result.number}`);
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Reverse …
      </Button>
      <Modal opened={open} onClose={close} title={`Reverse entry ${number}`}>
        <form onSubmit={submit} className={classes.dialog}>
          <p>
            A new entry with the same lines, debit and credit exchanged, is posted. Both stay in the
            journal and point at each other. This cannot be done twice.
          </p>
          <TextInput name="reason" label="Reason" required maxLength={500} data-autofocus />
          <TextInput
            type="date"
            name="date"
            label="Date"
            description="Empty: the day of the entry or, if that is locked, the first open day."
            min={date}
          />
          <RefusalNotice refusal={refusal} />
          <Button type="submit" loading={pending}>
            Post the reversal
          </Button>
        </form>
      </Modal>
    </>
  );
}
