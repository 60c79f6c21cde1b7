// What the overview is filtered by, in its address: a value of a dimension and a group of accounts. A form without a script.
import { Button, NativeSelect } from '@mantine/core';
import Link from 'next/link';
import type { DashboardParts, GroupLine } from '../../_server/dashboard-parts.ts';
import type { Chosen } from '../../_server/key-figures.ts';
import filters from '../filters.module.css';

export function DashboardFilters({
  base,
  period,
  parts: { company, dimensions },
  chosen,
}: {
  base: string;
  period: string;
  parts: DashboardParts;
  chosen: Chosen;
}) {
  const named = (of: readonly { path: string | null; name: string }[]) =>
    of.flatMap(({ name, path }) => (path === null ? [] : [{ value: path, label: name }]));
  const groups = (side: GroupLine['side']) =>
    named(company.groups.filter((group) => group.side === side));
  return (
    <form className={filters.filters} action={base} method="get">
      <input type="hidden" name="period" value={period} />
      {dimensions.length === 0 ? null : (
        <NativeSelect
          size="xs"
          name="dimension"
          label="Dimension"
          defaultValue={chosen.dimension}
          data={[
            { value: '', label: 'The whole company' },
            ...dimensions.map(({ name, values }) => ({ group: name, items: named(values) })),
          ]}
        />
      )}
      <NativeSelect
        size="xs"
        name="group"
        label="Accounts"
        defaultValue={chosen.group}
        data={[
          { value: '', label: 'All accounts' },
          { group: 'Income', items: groups('income') },
          { group: 'Expenses', items: groups('expenses') },
        ]}
      />
      <Button type="submit" size="xs" variant="default">
        Show
      </Button>
      {chosen.dimension || chosen.group ? (
        <Link href={`${base}?period=${period}`}>Clear</Link>
      ) : null}
    </form>
  );
}
