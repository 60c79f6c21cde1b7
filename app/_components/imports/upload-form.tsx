// Sends a file to the API as it is; the format follows its name and can be changed.
'use client';

import { Button, Checkbox, FileInput, NativeSelect, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { newCommandId } from '../command-id.ts';
import form from '../forms/form.module.css';
import { useChosenFile } from '../forms/use-chosen-file.ts';
import { RefusalNotice } from '../refusal-notice.tsx';

const FORMATS = [
  { value: 'csv', label: 'CSV: journal lines or a trial balance' },
  { value: 'hledger', label: 'hledger journal' },
  { value: 'ledger', label: 'Ledger journal' },
  { value: 'beancount', label: 'Beancount' },
  { value: 'saft', label: 'SAF-T Financial, Norway (1.10, 1.30)' },
];

const OPENING_DAY = {
  csv: 'For a trial balance, whose lines have no dates.',
  saft: 'Of the opening balances; without it the first day that the file is of.',
};

const OPENING_DIFFERENCE = {
  csv: 'A code. Without it, a trial balance must balance.',
  saft: 'A code. Without it, a file that contradicts itself is refused.',
};

const formatOf = (name: string): string => {
  if (/\.(beancount|bean)$/i.test(name)) return 'beancount';
  if (/\.xml$/i.test(name)) return 'saft';
  if (/\.(ledger|dat)$/i.test(name)) return 'ledger';
  return /\.(journal|hledger|j)$/i.test(name) ? 'hledger' : 'csv';
};

interface Problem {
  readonly title: string;
  readonly detail: string;
}

export function UploadForm({ slug, firstDay }: { slug: string; firstDay: string }) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState('csv');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [again, setAgain] = useState(false);
  const sent = useRef<{ file: File; query: string; id: string } | null>(null);
  const choose = (next: File | null) => {
    setFile(next);
    setAgain(false);
    setProblem(null);
    if (next) setFormat(formatOf(next.name));
  };
  const sheet = useRef<HTMLFormElement>(null);
  useChosenFile(sheet, choose);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!file) return;
    const data = new FormData(event.currentTarget);
    const query = new URLSearchParams({
      format,
      fileName: file.name,
      preview: 'true',
      createAccounts: 'true',
      again: `${again}`,
      createParties: `${data.has('createMasters')}`,
      createValues: `${data.has('createMasters')}`,
    });
    for (const name of ['openingDate', 'openingDifference']) {
      const value = String(data.get(name) ?? '').trim();
      if (value !== '') query.set(name, value.split(' ')[0]!);
    }
    const asked = query.toString();
    if (sent.current?.file !== file || sent.current.query !== asked) {
      sent.current = { file, query: asked, id: newCommandId() };
    }
    setPending(true);
    setProblem(null);
    try {
      const response = await fetch(`/api/v1/books/${slug}/imports?${asked}`, {
        method: 'POST',
        headers: { 'idempotency-key': sent.current.id, 'content-type': 'application/octet-stream' },
        body: file,
      });
      const answer = (await response.json()) as { id?: number } & Partial<Problem>;
      if (response.ok && answer.id !== undefined) {
        router.push(`/books/${slug}/imports/${answer.id}`);
        return;
      }
      const { title = 'Not accepted', detail = 'The file could not be taken.' } = answer;
      setProblem({ title, detail });
    } catch {
      setProblem({
        title: 'No answer yet.',
        detail: 'The connection was lost. Send the file again: it is imported once.',
      });
    } finally {
      setPending(false);
    }
  };
  return (
    <form ref={sheet} onSubmit={submit} className={form.sheet}>
      <div className={form.fields}>
        <FileInput
          label="File"
          placeholder="Choose a file"
          value={file}
          onChange={choose}
          required
          clearable
          className={form.wide}
        />
        <NativeSelect
          label="Format"
          data={FORMATS}
          value={format}
          onChange={(event) => setFormat(event.currentTarget.value)}
          className={form.wide}
        />
        {format === 'csv' || format === 'saft' ? (
          <>
            <TextInput
              type="date"
              name="openingDate"
              label="Opening day"
              description={OPENING_DAY[format]}
              min={firstDay}
            />
            <TextInput
              name="openingDifference"
              label="Opening difference to account"
              description={OPENING_DIFFERENCE[format]}
            />
          </>
        ) : null}
        <Checkbox
          name="createMasters"
          label="Add customers, suppliers and values of dimensions that the book doesn’t have"
          description="Those that lines name by code. The preview lists them."
          className={form.wide}
        />
        <Checkbox
          label="Import it even if the same file was imported before"
          checked={again}
          onChange={(event) => setAgain(event.currentTarget.checked)}
          className={form.wide}
        />
      </div>
      <RefusalNotice refusal={problem} />
      <div className={form.buttons}>
        <Button type="submit" loading={pending} disabled={!file}>
          Read the file
        </Button>
        <span>Nothing is posted before you have seen what it holds.</span>
      </div>
    </form>
  );
}
