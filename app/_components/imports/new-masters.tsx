// Customers, suppliers, dimensions and values that an import would add: how many, and the first of them by name.
import type { WholeImport } from '#ledger/queries/imports.ts';
import list from '../list.module.css';

type NewMasters = WholeImport['newMasters'];

const SHOWN = 100;

const counted = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? one : many}`];

/** As “3 customers, 1 supplier, 2 values of Cost centre”. */
function summaryOf({ dimensions, parties, values }: NewMasters): string {
  const by = (role: string | null) => parties.filter((party) => party.role === role).length;
  const ofDimension = Map.groupBy(values, ({ dimensionName }) => dimensionName);
  return [
    ...counted(by('customer'), 'customer', 'customers'),
    ...counted(by('supplier'), 'supplier', 'suppliers'),
    ...counted(by(null), 'customer or supplier', 'customers or suppliers'),
    ...counted(dimensions.length, 'dimension', 'dimensions'),
    ...[...ofDimension].flatMap(([name, own]) =>
      counted(own.length, `value of ${name}`, `values of ${name}`),
    ),
  ].join(', ');
}

export function NewMasters({ masters }: { masters: NewMasters }) {
  const rows = [
    ...masters.parties.map((own) => ({ ...own, what: own.role ?? 'customer or supplier' })),
    ...masters.dimensions.map((own) => ({ ...own, what: 'dimension' })),
    ...masters.values.map((own) => ({ ...own, what: own.dimensionName })),
  ];
  if (rows.length === 0) return null;
  return (
    <div className={`${list.frame} ${list.narrow}`}>
      <h2>New: {summaryOf(masters)}</h2>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Name</th>
            <th scope="col">What</th>
            <th scope="col">First on line</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ code, line, name, what }) => (
            <tr key={`${what} ${code}`}>
              <td className={list.tight}>{code}</td>
              <th scope="row">{name}</th>
              <td className={list.tight}>{what}</td>
              <td className={list.tight}>{line}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN ? (
        <p className={list.muted}>And {(rows.length - SHOWN).toLocaleString('en')} more.</p>
      ) : null}
    </div>
  );
}
