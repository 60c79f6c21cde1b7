// Things that lines name by their codes, each with a button that closes it or opens it again.
import type { ActionAnswer } from '../../_server/run-command.ts';
import list from '../list.module.css';
import { SendButton } from './send-button.tsx';

interface Coded {
  readonly code: string;
  readonly name: string;
  readonly closed: boolean;
  /** How deep it stands in a tree. */
  readonly depth?: number;
}

interface Shown {
  readonly things: readonly Coded[];
  /** Closes or opens one: takes `code` and `closed` beside what is always the same; null: whoever looks may not. */
  readonly change: ((commandId: string, input: never) => Promise<ActionAnswer<unknown>>) | null;
  readonly fixed: Readonly<Record<string, unknown>>;
}

export function CodedList({ change, fixed, things }: Shown) {
  return (
    <div className={`${list.frame} ${list.narrow}`}>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Name</th>
            <th scope="col">
              <span className="db-skip">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {things.map(({ closed, code, depth = 0, name }) => (
            <tr key={code}>
              <th scope="row" style={{ paddingInlineStart: `${8 + 16 * depth}px` }}>
                {code}
              </th>
              <td className={closed ? list.muted : undefined}>
                {name}
                {closed ? ' (closed)' : ''}
              </td>
              <td className={`${list.tight} ${list.end}`}>
                {change ? (
                  <SendButton
                    command={change}
                    input={{ ...fixed, code, closed: !closed }}
                    label={`${closed ? 'Open' : 'Close'} ${code} ${name}`}
                  >
                    {closed ? 'Open again' : 'Close'}
                  </SendButton>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
