// The links of the side bar; the open room is marked for eyes and for screen readers.
'use client';

import {
  IconActivity,
  IconAddressBook,
  IconBook2,
  IconChartTreemap,
  IconCurrencyDollar,
  IconFileImport,
  IconHistory,
  IconHome,
  IconListTree,
  IconPencilPlus,
  IconReceiptTax,
  IconReportAnalytics,
  IconSettings,
  IconShieldCheck,
  IconSitemap,
  IconTargetArrow,
  IconUsers,
} from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { NavRoom } from './nav-rooms.ts';

const ICONS = {
  home: IconHome,
  entry: IconPencilPlus,
  journal: IconBook2,
  accounts: IconListTree,
  currencies: IconCurrencyDollar,
  parties: IconAddressBook,
  dimensions: IconChartTreemap,
  taxes: IconReceiptTax,
  budget: IconTargetArrow,
  imports: IconFileImport,
  reports: IconReportAnalytics,
  verify: IconShieldCheck,
  history: IconHistory,
  group: IconSitemap,
  members: IconUsers,
  settings: IconSettings,
  system: IconActivity,
} as const;

const isOpen = (pathname: string, base: string, room: NavRoom): boolean => {
  const rest = pathname.slice(base.length + 1);
  if (room.path === '') return rest === '';
  if (room.path === 'journal') return rest === 'journal' || /^entries\/\d+$/.test(rest);
  return rest === room.path || rest.startsWith(`${room.path}/`);
};

export function RoomLinks({ slug, rooms }: { slug: string; rooms: readonly NavRoom[] }) {
  const pathname = usePathname();
  const base = `/books/${slug}`;
  return (
    <ul>
      {rooms.map((room) => {
        const Icon = ICONS[room.icon];
        return (
          <li key={room.path}>
            <Link
              href={room.path ? `${base}/${room.path}` : base}
              aria-current={isOpen(pathname, base, room) ? 'page' : undefined}
            >
              <Icon size={16} stroke={1.6} aria-hidden />
              <span>{room.label}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
