// The keys of the page: `?` lists them, `g` and a letter goes to a room. Pages add their own with `usePageKeys`.
'use client';

import { Modal } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { NavRoom } from './nav-rooms.ts';
import { pageKeys } from './page-keys.ts';
import classes from './shell.module.css';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function KeyHelp({ slug, rooms }: { slug: string; rooms: readonly NavRoom[] }) {
  const [open, setOpen] = useState(false);
  const leader = useRef(0);
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') return setOpen(true);
      if (event.key === 'g') {
        leader.current = Date.now();
        return;
      }
      const room = rooms.find(({ key }) => key === event.key);
      if (room && Date.now() - leader.current < 1_200) {
        event.preventDefault();
        router.push(room.path ? `/books/${slug}/${room.path}` : `/books/${slug}`);
      }
      leader.current = 0;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rooms, router, slug]);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keys of this page" size="md">
      <dl className={classes.keys}>
        {[...pageKeys(), ['Ctrl K', 'Jump to any account, entry, report or action'] as const].map(
          ([keys, meaning]) => (
            <KeyRow key={keys} keys={keys} meaning={meaning} />
          ),
        )}
        {rooms.map((room) => (
          <KeyRow key={room.path} keys={`g ${room.key}`} meaning={room.label} />
        ))}
        <KeyRow keys="?" meaning="This list" />
      </dl>
    </Modal>
  );
}

function KeyRow({ keys, meaning }: { keys: string; meaning: string }) {
  return (
    <>
      <dt>
        {keys.split(' ').map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
