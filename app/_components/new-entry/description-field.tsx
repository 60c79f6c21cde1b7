// The description, with earlier entries that were like it; choosing one offers its lines again.
'use client';

import { useEffect, useState } from 'react';
import type { Suggestion } from '#ledger/queries/entry-help.ts';
import { suggestEntries } from '../../_actions/entries.ts';
import { dayText } from '../locale.ts';
import classes from './new-entry.module.css';
import { OptionField } from './option-field.tsx';

const PAUSE_MS = 150;

export function DescriptionField({
  slug,
  locale,
  value,
  onType,
  onChoose,
}: {
  slug: string;
  locale: string;
  value: string;
  onType: (text: string) => void;
  onChoose: (suggestion: Suggestion) => void;
}) {
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    if (typed.trim().length < 2) {
      setFound([]);
      return;
    }
    let outdated = false;
    const timer = setTimeout(() => {
      suggestEntries(slug, typed).then(
        (suggestions) => outdated || setFound(suggestions),
        // Help that doesn't come is no hindrance.
        () => outdated || setFound([]),
      );
    }, PAUSE_MS);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [slug, typed]);
  return (
    <OptionField
      label="Description"
      cell="description"
      placeholder="Description"
      className={classes.field}
      value={value}
      eager={false}
      options={found.map((suggestion) => ({
        key: `${suggestion.number}`,
        content: (
          <>
            {suggestion.description}{' '}
            <span>
              {dayText(suggestion.date, locale)}, {suggestion.lines.length} lines
            </span>
          </>
        ),
      }))}
      onType={(text) => {
        onType(text);
        setTyped(text);
      }}
      onChoose={(key) => {
        const chosen = found.find(({ number }) => `${number}` === key);
        setFound([]);
        if (chosen) onChoose(chosen);
      }}
    />
  );
}
