// The rows of a run, for the terminal and for docs/PERFORMANCE.md.
import type { Row } from './scenario.ts';

const verdict = ({ reached }: Row): string => (reached === null ? '' : reached ? 'yes' : 'no');
const ratioText = ({ ratio }: Row): string =>
  ratio === null ? '' : ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(3);

/** For the terminal: a line for the figures, one for what they were measured with. */
export const terminalRow = (row: Row): string =>
  [
    `${row.reached === false ? '✗' : row.reached ? '✓' : ' '} ${row.what}`,
    `    ${row.figure}${row.baseline === '–' ? '' : `, against ${row.baseline}`}${row.ratio === null ? '' : ` = ${ratioText(row)}`}   (${row.target})`,
    `    ${row.how}`,
  ].join('\n');

/** The table in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = (row: Row) => [
    row.what,
    row.figure,
    row.baseline,
    ratioText(row),
    row.target,
    verdict(row),
    row.how,
  ];
  const head = ['scenario', 'figure', 'baseline', 'ratio', 'target', 'reached', 'measured with'];
  return [head, head.map(() => '---'), ...rows.map(cells)]
    .map((line) => `| ${line.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
