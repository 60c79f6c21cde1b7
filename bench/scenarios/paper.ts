// PDFs drawn in a process of their own: a statement of 120 lines, and the general ledger of 72 000 lines for which
// another system's users wait half an hour.
import { SEMI_SPACE_MB } from '#reports/delivery/render-pool.ts';
import { milliseconds, type Scenario } from '../scenario.ts';
import { runProgram } from '../start-program.ts';

export interface Drawn {
  readonly statementMs: number;
  readonly statementKb: number;
  readonly ledgerSeconds: number;
  readonly ledgerMb: number;
  /** The most memory that the process had. */
  readonly peakMb: number;
}

export const paper: Scenario = {
  name: 'paper',
  needs: 'house',
  async run() {
    const drawn = await runProgram<Drawn>(
      'draw-program.ts',
      [],
      [`--max-semi-space-size=${SEMI_SPACE_MB}`],
    );
    const row = { baseline: '–', ratio: null };
    return [
      {
        ...row,
        what: 'Statement of 120 lines as PDF',
        figure: milliseconds(drawn.statementMs),
        target: '≤ 10 ms',
        reached: drawn.statementMs <= 10,
        how: `one core, median of 50 after 50, processor time; ${drawn.statementKb.toFixed(1)} KB`,
      },
      {
        ...row,
        what: 'General ledger of 72 000 lines as PDF',
        figure: `${drawn.ledgerSeconds.toFixed(1)} s, ${Math.round(drawn.peakMb)} MB of memory`,
        target: '≤ 10 s, < 256 MB',
        reached: drawn.ledgerSeconds <= 10 && drawn.peakMb < 256,
        how: `one core, the drawing threads’ young generation, drained to nothing as it is drawn; the file has ${drawn.ledgerMb.toFixed(1)} MB`,
      },
    ];
  },
};
