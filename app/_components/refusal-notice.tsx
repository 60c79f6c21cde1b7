// An expected no: what is wrong, where, and what to do. Announced to screen readers when it appears.
import type { ReactNode } from 'react';
import type { RefusalText } from '../_server/run-command.ts';
import classes from './refusal-notice.module.css';

export function RefusalNotice({
  refusal,
  children,
}: {
  refusal: Pick<RefusalText, 'title' | 'detail'> | null | undefined;
  /** A way out: a button or a link. */
  children?: ReactNode;
}) {
  return (
    <div role="alert" aria-live="assertive">
      {refusal ? (
        <div className={classes.notice}>
          <strong>{refusal.title}</strong>
          <span>{refusal.detail}</span>
          {children}
        </div>
      ) : null}
    </div>
  );
}
