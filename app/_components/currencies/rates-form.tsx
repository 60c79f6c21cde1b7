// Records rates: typed, pasted from a spreadsheet, or from a file.
'use client';

import { Button, FileButton, Textarea } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { recordRates } from '../../_actions/currencies.ts';
import form from '../forms/form.module.css';
import { decimalSignOf } from '../new-entry/typed-amount.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';
import { readTypedRates } from './typed-rates.ts';

export function RatesForm({
  slug,
  locale,
  currency,
}: {
  slug: string;
  locale: string;
  currency: string;
}) {
  const router = useRouter();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [recorded, setRecorded] = useState<number | null>(null);
  const { pending, refusal, send } = useCommand(recordRates);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRecorded(null);
    const read = readTypedRates(text, { locale, sign: decimalSignOf(locale) });
    setProblem('problem' in read ? read.problem : null);
    if ('problem' in read) return;
    const answer = await send({ slug, rates: read.rates });
    if (!answer) return;
    setRecorded(answer.result.recorded);
    setText('');
    router.refresh();
  };
  return (
    <form onSubmit={submit} className={form.sheet} aria-label="Record rates">
      <Textarea
        label={`Rates: ${currency} for one`}
        description="One a line: unit, first day, rate. Each holds until the next of its unit."
        placeholder={'USD 2026-01-31 0.92'}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RefusalNotice refusal={refusal} />
      <div className={form.buttons}>
        <Button type="submit" loading={pending}>
          Record
        </Button>
        <FileButton
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(file) => void file?.text().then(setText)}
        >
          {(props) => (
            <Button variant="default" {...props}>
              From a file
            </Button>
          )}
        </FileButton>
        <span role="status">
          {recorded === null ? '' : `${recorded} ${recorded === 1 ? 'rate' : 'rates'} recorded.`}
        </span>
      </div>
    </form>
  );
}
