// Before an import is posted: the new accounts with the type proposed for each, then yes or no.
'use client';

import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ACCOUNT_TYPES } from '#ledger/domain/account.ts';
import type { WholeImport } from '#ledger/queries/imports.ts';
import { abandonImport, confirmImport } from '../../_actions/imports.ts';
import form from '../forms/form.module.css';
import list from '../list.module.css';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useCommand } from '../use-command.ts';

const SHOWN_CLOSINGS = 20;

interface Shown {
  readonly slug: string;
  readonly id: number;
  readonly entries: number;
  readonly newAccounts: WholeImport['newAccounts'];
  readonly closing: NonNullable<WholeImport['preview']>['closing'];
}

export function SettleForm({ slug, id, entries, newAccounts, closing }: Shown) {
  const router = useRouter();
  const confirmation = useCommand(confirmImport);
  const abandonment = useCommand(abandonImport);
  const [closes, setCloses] = useState(true);
  const [types, setTypes] = useState<Record<string, string>>({});
  const typeOf = (account: Shown['newAccounts'][number]) =>
    types[account.path] ?? account.type ?? '';
  const untyped = newAccounts.filter((account) => typeOf(account) === '').length;
  const confirm = async () => {
    const kinds = closes ? {} : { closingEntries: 'keep-kind' };
    if (await confirmation.send({ slug, id, types, ...kinds })) router.refresh();
  };
  const askAbandoning = () =>
    modals.openConfirmModal({
      title: `Abandon import ${id}?`,
      children: 'What was read of the file is deleted. Nothing of it was posted.',
      labels: { confirm: 'Abandon it', cancel: 'Go on' },
      confirmProps: { color: 'red' },
      onConfirm: async () => {
        if (await abandonment.send({ slug, id })) router.refresh();
      },
    });
  return (
    <>
      {newAccounts.length === 0 ? null : (
        <div className={`${list.frame} ${list.narrow}`}>
          <h2>
            {newAccounts.length} new {newAccounts.length === 1 ? 'account' : 'accounts'}
          </h2>
          <table className={list.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">First on line</th>
                <th scope="col">Type</th>
              </tr>
            </thead>
            <tbody>
              {newAccounts.map((account) => (
                <tr key={account.path}>
                  <th scope="row">{account.path}</th>
                  <td className={list.tight}>{account.line}</td>
                  <td className={list.tight}>
                    <NativeSelect
                      size="xs"
                      w={120}
                      aria-label={`Type of ${account.path}`}
                      data={[{ value: '', label: 'Choose …', disabled: true }, ...ACCOUNT_TYPES]}
                      value={typeOf(account)}
                      onChange={(event) => {
                        const type = event.currentTarget.value;
                        setTypes((known) => ({ ...known, [account.path]: type }));
                      }}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {closing.length === 0 ? null : (
        <div className={`${list.frame} ${list.narrow}`}>
          <h2>Closing entries</h2>
          {closing.slice(0, SHOWN_CLOSINGS).map(({ date, description, line }) => (
            <p key={line}>
              Entry of {date} “{description}” (line {line}) brings income and expenses to zero:
              taken as a closing entry, which statements of its year leave out.
            </p>
          ))}
          {closing.length > SHOWN_CLOSINGS ? (
            <p>And {(closing.length - SHOWN_CLOSINGS).toLocaleString('en')} more.</p>
          ) : null}
          <Checkbox
            label="Post them as closing entries"
            checked={closes}
            onChange={(event) => setCloses(event.currentTarget.checked)}
          />
        </div>
      )}
      <div className={`${form.sheet} ${form.sticky}`}>
        <RefusalNotice refusal={confirmation.refusal ?? abandonment.refusal} />
        <div className={form.buttons}>
          <Button onClick={confirm} loading={confirmation.pending} disabled={untyped > 0}>
            Post {entries.toLocaleString('en')} {entries === 1 ? 'entry' : 'entries'}
          </Button>
          <Button variant="default" onClick={askAbandoning} loading={abandonment.pending}>
            Abandon
          </Button>
          {closes && closing.length > 0 ? (
            <span>
              {closing.length} of them as closing {closing.length === 1 ? 'entry' : 'entries'}.
            </span>
          ) : null}
          {untyped > 0 ? <span>{untyped} new accounts still need a type.</span> : null}
        </div>
      </div>
    </>
  );
}
