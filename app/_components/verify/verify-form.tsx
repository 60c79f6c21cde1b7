// Asks about a document: a PDF as it is, or the digest with what stands beside it in the footer.
'use client';

import { Button, FileInput, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { Verdict } from '#workers/verdict.ts';
import type { FigureStyle } from '../amount.tsx';
import form from '../forms/form.module.css';
import { useChosenFile } from '../forms/use-chosen-file.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { VerdictText } from './verdict-text.tsx';

interface Problem {
  readonly title: string;
  readonly detail: string;
}

const LOST: Problem = {
  title: 'No answer',
  detail: 'The connection was lost. Nothing was changed; ask again.',
};

export function VerifyForm({
  slug,
  style,
  timeZone,
  reports,
  given,
}: {
  slug: string;
  style: FigureStyle;
  timeZone: string;
  reports: readonly { value: string; label: string }[];
  given: Readonly<Record<'digest' | 'report' | 'period' | 'position', string>>;
}) {
  const [file, setFile] = useState<File | null>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const sheet = useRef<HTMLFormElement>(null);
  useChosenFile(sheet, setFile);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.currentTarget));
    delete typed['file'];
    setPending(true);
    setProblem(null);
    setVerdict(null);
    try {
      const response = await fetch(`/api/v1/books/${slug}/verifications`, {
        method: 'POST',
        headers: { 'content-type': file ? 'application/pdf' : 'application/json' },
        body: file ?? JSON.stringify(typed),
      });
      const answer = (await response.json()) as Verdict & Problem;
      if (response.ok) setVerdict(answer);
      else setProblem({ title: answer.title, detail: answer.detail ?? '' });
    } catch {
      setProblem(LOST);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <form ref={sheet} onSubmit={submit} className={form.sheet} aria-label="Verify a document">
        <div className={form.fields}>
          <FileInput
            label="PDF"
            description="As it was downloaded, up to 32 MB. It says the rest itself."
            placeholder="Choose a file"
            accept="application/pdf"
            value={file}
            onChange={setFile}
            clearable
            className={form.wide}
          />
          <TextInput
            name="digest"
            label="Or its digest"
            description="The twelve figures in the footer, or all 64."
            defaultValue={given.digest}
            disabled={file !== null}
            className={form.wide}
          />
          <NativeSelect
            name="report"
            label="Report"
            description="Needed where nobody downloaded it from here."
            defaultValue={given.report}
            data={[{ value: '', label: 'As the digest says' }, ...reports]}
            disabled={file !== null}
          />
          <TextInput
            name="period"
            label="Period"
            description="2026-03, 2026-Q1 or 2026"
            defaultValue={given.period}
            disabled={file !== null}
          />
          <TextInput
            name="position"
            label="Ledger position"
            description="In the footer, without separators."
            inputMode="numeric"
            defaultValue={given.position}
            disabled={file !== null}
          />
        </div>
        <RefusalNotice refusal={problem} />
        <div className={form.buttons}>
          <Button type="submit" loading={pending}>
            Verify
          </Button>
          <span>Computed anew from the ledger: large books take some seconds.</span>
        </div>
      </form>
      <div aria-live="polite">
        {verdict ? (
          <VerdictText verdict={verdict} slug={slug} style={style} timeZone={timeZone} />
        ) : null}
      </div>
    </>
  );
}
