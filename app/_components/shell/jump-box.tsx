// Ctrl+K: any room, report, account or entry. Accounts and entries are looked up on the server as one types.
'use client';

import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type JumpTarget, jumpTargets } from '../../_actions/jump-targets.ts';
import type { NavRoom } from './nav-rooms.ts';
import classes from './shell.module.css';

const matches = (target: JumpTarget, query: string): boolean =>
  `${target.label} ${target.detail}`.toLowerCase().includes(query.trim().toLowerCase());

export function JumpBox({ slug, rooms }: { slug: string; rooms: readonly NavRoom[] }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly JumpTarget[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => {
      jumpTargets(slug, query).then(setFound, () => setFound([]));
    }, 120);
    return () => clearTimeout(timer);
  }, [slug, query]);
  const own = rooms.map((room) => ({
    group: 'Rooms' as const,
    label: room.label,
    detail: `g ${room.key}`,
    href: room.path ? `/books/${slug}/${room.path}` : `/books/${slug}`,
  }));
  const targets: JumpTarget[] = [...own.filter((target) => matches(target, query)), ...found];
  const groups = [...new Set(targets.map(({ group }) => group))];
  return (
    <>
      <button type="button" className={classes.jump} onClick={() => spotlight.open()}>
        <IconSearch size={14} stroke={1.8} aria-hidden />
        <span>Jump to…</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Spotlight.Root
        query={query}
        onQueryChange={setQuery}
        shortcut="mod + K"
        scrollable
        maxHeight={420}
      >
        <Spotlight.Search
          placeholder="Account, entry number, report or room"
          aria-label="Jump to"
          leftSection={<IconSearch size={18} stroke={1.5} />}
        />
        <Spotlight.ActionsList>
          {groups.map((group) => (
            <Spotlight.ActionsGroup key={group} label={group}>
              {targets
                .filter((target) => target.group === group)
                .map((target) => (
                  <Spotlight.Action
                    key={target.href}
                    label={target.label}
                    description={target.detail}
                    onClick={() => router.push(target.href)}
                  />
                ))}
            </Spotlight.ActionsGroup>
          ))}
          {targets.length === 0 ? (
            <Spotlight.Empty>Nothing by that name or number.</Spotlight.Empty>
          ) : null}
        </Spotlight.ActionsList>
      </Spotlight.Root>
    </>
  );
}
