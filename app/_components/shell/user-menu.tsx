// Who is signed in, in which role; own password, colour scheme, sign out.
'use client';

import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconKey,
  IconLogout,
  IconMoon,
  IconPlug,
  IconSun,
} from '@tabler/icons-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import type { ShellPerson } from './book-shell.tsx';
import classes from './shell.module.css';

export function UserMenu({ person }: { person: ShellPerson }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    ['auto', 'As the system', IconDeviceDesktop],
    ['light', 'Light', IconSun],
    ['dark', 'Dark', IconMoon],
  ] as const;
  return (
    <Menu position="top-start" width={216} shadow="md">
      <Menu.Target>
        <button type="button" className={classes.user}>
          <b>{person.name || person.email}</b>
          <small>{person.role}</small>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item component={Link} href="/account" leftSection={<IconKey size={16} />}>
          Password
        </Menu.Item>
        <Menu.Item component={Link} href="/account#keys" leftSection={<IconPlug size={16} />}>
          API keys
        </Menu.Item>
        <Menu.Divider />
        {schemes.map(([scheme, label, Icon]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === scheme ? '✓' : null}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut({ callbackUrl: '/sign-in' })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
