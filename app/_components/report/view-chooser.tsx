// What stands beside a report, and whether accounts at zero are shown.
'use client';

import { Popover } from '@mantine/core';
import { IconChevronDown, IconColumns } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ViewChoices } from '../../_server/view-choices.ts';
import classes from './period-chooser.module.css';

export function ViewChooser({ choices }: { choices: ViewChoices | null }) {
  const [open, setOpen] = useState(false);
  if (!choices) return null;
  return (
    <div className={classes.chooser}>
      <Popover opened={open} onChange={setOpen} position="bottom" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.current} onClick={() => setOpen(!open)}>
            <IconColumns size={14} stroke={1.8} aria-hidden />
            {choices.chosen ?? 'Compare'}
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown
          className={classes.panel}
          aria-label="Choose what stands beside the report"
        >
          {choices.groups.map(({ choices: own, title }) => (
            <section key={title} className={classes.year}>
              <h3>{title[0]!.toUpperCase() + title.slice(1)}</h3>
              <div className={classes.months}>
                {own.map(({ current, href, label, name }) => (
                  <Link
                    key={label}
                    href={href}
                    prefetch={false}
                    onClick={() => setOpen(false)}
                    aria-label={name}
                    aria-current={current ? 'true' : undefined}
                  >
                    {label}
                  </Link>
                ))}
              </div>
            </section>
          ))}
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
