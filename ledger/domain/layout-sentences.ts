// Sentences about layouts of statements and the tags that they pick accounts by.
import type { Refusal } from './refusals.ts';

type LayoutCode = 'layout-malformed' | 'tag-malformed';

export function layoutWords(
  refusal: Extract<Refusal, { readonly code: LayoutCode }>,
): readonly [title: string, sentence: string] {
  return refusal.code === 'layout-malformed'
    ? ['Not a layout', refusal.problem]
    : [
        'Not a tag',
        `“${refusal.tag}” is no tag: 1 to 32 small letters, digits and hyphens, as non-current.`,
      ];
}
