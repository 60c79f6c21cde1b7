// Ways to write dates and figures, shown by example rather than by name alone.

const TAGS: readonly [tag: string, name: string][] = [
  ['en-GB', 'English (UK)'],
  ['en-US', 'English (US)'],
  ['en-IE', 'English (Ireland)'],
  ['en-IN', 'English (India)'],
  ['de-DE', 'German'],
  ['de-CH', 'German (Switzerland)'],
  ['fr-FR', 'French'],
  ['es-ES', 'Spanish'],
  ['it-IT', 'Italian'],
  ['nl-NL', 'Dutch'],
  ['pt-PT', 'Portuguese'],
  ['pt-BR', 'Portuguese (Brazil)'],
  ['pl-PL', 'Polish'],
  ['cs-CZ', 'Czech'],
  ['da-DK', 'Danish'],
  ['nb-NO', 'Norwegian'],
  ['sv-SE', 'Swedish'],
  ['fi-FI', 'Finnish'],
  ['el-GR', 'Greek'],
  ['tr-TR', 'Turkish'],
  ['ja-JP', 'Japanese'],
];

const example = (tag: string): string => {
  const figure = new Intl.NumberFormat(tag, {
    minimumFractionDigits: 2,
  }).format(1_234.5);
  const day = new Intl.DateTimeFormat(tag, {
    dateStyle: 'short',
    timeZone: 'UTC',
  });
  return `${figure}, ${day.format(new Date('2026-03-31T12:00:00Z'))}`;
};

export interface LocaleChoice {
  readonly value: string;
  readonly label: string;
}

export const LOCALES: readonly LocaleChoice[] = TAGS.map(([value, name]) => ({
  value,
  label: `${name}: ${example(value)}`,
}));
