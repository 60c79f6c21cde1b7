// What a layout comes to: each line with its accounts and what stands on them, and the accounts that fall through or are
// picked twice.
import type { Account } from '#ledger/domain/account.ts';
import { decimalText } from '#ledger/domain/money.ts';
import { type PlacedLine, placeAccounts } from '#ledger/domain/place-accounts.ts';
import type { LayoutLine, Statement } from '#ledger/domain/statement-layout.ts';
import { Amount, type FigureStyle } from '../amount.tsx';
import classes from './layouts.module.css';

export interface PreviewedAccount extends Account {
  /** Debit minus credit over all time, decimal text. */
  readonly balance: string;
}

export function LayoutPreview({
  accounts,
  exponent,
  lines,
  statement,
  style,
}: {
  readonly statement: Statement;
  readonly lines: readonly LayoutLine[];
  readonly accounts: readonly PreviewedAccount[];
  readonly exponent: number;
  readonly style: FigureStyle;
}) {
  const { lines: placed, twice, unplaced } = placeAccounts(statement, lines, accounts);
  const balances = new Map(accounts.map(({ balance, id }) => [id, balance]));
  const amountOf = (account: Account): bigint => {
    const balance = BigInt(balances.get(account.id)!.replace('.', ''));
    return statement === 'balance-sheet' && account.type === 'asset' ? balance : -balance;
  };
  const figure = (amount: bigint) => (
    <td>
      <Amount value={decimalText(amount, exponent)} style={style} zero="dash" />
    </td>
  );
  const sumOf = (line: PlacedLine): bigint =>
    line.accounts.reduce((sum, account) => sum + amountOf(account), 0n) +
    line.under.reduce((sum, one) => sum + sumOf(one), 0n);
  let above = 0n;
  const rows = (placedLine: PlacedLine, path: string): React.ReactNode[] => {
    const { line, under } = placedLine;
    if (line.level === 0) above += sumOf(placedLine);
    const indent = { paddingInlineStart: `${line.level * 16}px` };
    return [
      <tr key={path} className={classes.line}>
        <th scope="row" style={indent}>
          {line.name || '…'}
        </th>
        {figure(line.kind === 'sum' ? above : sumOf(placedLine))}
      </tr>,
      ...under.flatMap((one, at) => rows(one, `${path}/${at}`)),
      ...placedLine.accounts.map((account) => (
        <tr key={account.id}>
          <td style={{ paddingInlineStart: `${(line.level + 1) * 16}px` }}>
            {account.code} {account.name}
          </td>
          {figure(amountOf(account))}
        </tr>
      )),
    ];
  };
  return (
    <section aria-label="Preview" className={classes.preview}>
      {unplaced.length > 0 ? (
        <p role="status" className={classes.warning}>
          In no line, so shown in one of their own:{' '}
          {unplaced.map(({ code, name }) => `${code} ${name}`).join(', ')}.
        </p>
      ) : null}
      {twice.length > 0 ? (
        <p role="status" className={classes.warning}>
          Picked twice, the first line has them:{' '}
          {twice
            .map(({ account, lines: names }) => `${account.code} (${names.join(', ')})`)
            .join(', ')}
          .
        </p>
      ) : null}
      <table>
        <caption>Where accounts stand, with what stands on them today</caption>
        <tbody>{placed.flatMap((line, at) => rows(line, `${at}`))}</tbody>
      </table>
    </section>
  );
}
