// A text field that offers choices under itself, by keyboard first: arrows move, Enter or Tab takes, Escape closes.
'use client';

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import classes from './new-entry.module.css';

export interface Option {
  readonly key: string;
  readonly content: ReactNode;
}

interface Shown {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onType: (text: string) => void;
  readonly onChoose: (key: string) => void;
  readonly onLeave?: () => void;
  /** Keys that the list doesn't take. */
  readonly onKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Whether Tab and Enter take the first choice without an arrow before. */
  readonly eager: boolean;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly cell?: string;
}

export function OptionField(shown: Shown) {
  const { label, value, options, eager } = shown;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const visible = open && options.length > 0;
  const at = active < 0 && eager ? 0 : Math.min(active, options.length - 1);
  const choose = (index: number) => {
    shown.onChoose(options[index]!.key);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (visible && plain && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at + step + options.length) % options.length);
      return;
    }
    if (visible && event.key === 'Escape') {
      event.preventDefault();
      setOpen(false);
      return;
    }
    const takes = event.key === 'Enter' || event.key === 'Tab';
    if (visible && plain && takes && at >= 0 && value.trim() !== '') {
      choose(at);
      if (event.key === 'Enter' && !eager) {
        event.preventDefault();
        return;
      }
    }
    shown.onKey?.(event);
  };
  return (
    <div className={classes.options}>
      <input
        className={shown.className}
        aria-label={label}
        aria-invalid={(shown.invalid && !visible) || undefined}
        role="combobox"
        aria-expanded={visible}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={visible && at >= 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={shown.placeholder}
        data-cell={shown.cell}
        value={value}
        onChange={(event) => {
          shown.onType(event.currentTarget.value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          shown.onLeave?.();
        }}
      />
      <div id={id} role="listbox" aria-label={label} className={classes.list} hidden={!visible}>
        {visible
          ? options.map((option, index) => (
              <div
                key={option.key}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={classes.option}
                // Before the field loses the focus.
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(index);
                }}
              >
                {option.content}
              </div>
            ))
          : null}
      </div>
    </div>
  );
}
