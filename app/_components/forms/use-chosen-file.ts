// A file chosen before the page was alive: its change event was heard by nobody, and the control's first effect empties it.
import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';

/** Hands on what was chosen in the form so early. */
export function useChosenFile(
  sheet: RefObject<HTMLFormElement | null>,
  choose: (file: File) => void,
): void {
  const takeChosen = useEffectEvent(() => {
    const chosen = sheet.current?.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    if (chosen) choose(chosen);
  });
  useLayoutEffect(() => takeChosen(), []);
}
