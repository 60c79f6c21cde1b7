// Rows to pages: a heading stays with what follows it, a subtotal with what precedes it, and an account that goes on
// overleaf is named again. The same walk counts the pages and draws them.
import type { ReportRow } from '#reports/catalogue/report.ts';
import type { PlacedRow } from './page-rows.ts';

export interface FlowOptions {
  /** Height left for rows on the first page and on the others. */
  readonly first: number;
  readonly other: number;
  place(row: ReportRow): PlacedRow;
  newPage(): Promise<void>;
  /** Draws at a distance from the top of the rows. */
  draw(row: PlacedRow, y: number): void;
  /** Draws an open heading once more. */
  drawAgain(row: PlacedRow, y: number): void;
  /** Whether open headings are named again on a new page. */
  readonly repeatHeadings: boolean;
}

export class PageFlow {
  pages = 1;
  #y = 0;
  #block: PlacedRow[] = [];
  #open: ReportRow[] = [];
  readonly #options: FlowOptions;

  constructor(options: FlowOptions) {
    this.#options = options;
  }

  async add(row: ReportRow): Promise<void> {
    const last = this.#block.at(-1)?.row.kind;
    const joins = last === 'heading' || row.kind === 'subtotal' || row.kind === 'total';
    if (!joins || this.#block.length > 12) await this.flush();
    this.#block.push(this.#options.place(row));
  }

  /** Height still free on this page after everything added so far. */
  async finish(extra: number): Promise<number> {
    await this.flush();
    if (this.#y + extra > this.#room()) await this.#turn();
    return this.#y;
  }

  async flush(): Promise<void> {
    const block = this.#block;
    this.#block = [];
    if (block.length === 0) return;
    const height = block.reduce((total, row) => total + row.above + row.height, 0);
    if (this.#y > 0 && this.#y + height > this.#room()) {
      await this.#turn();
      if (block[0]!.row.kind !== 'heading') this.#repeat();
    }
    for (const placed of block) {
      const above = this.#y === 0 ? 0 : placed.above;
      if (this.#y > 0 && this.#y + above + placed.height > this.#room()) await this.#turn();
      this.#y += this.#y === 0 ? 0 : above;
      this.#draw(placed);
    }
  }

  #draw(placed: PlacedRow): void {
    this.#options.draw(placed, this.#y);
    this.#y += placed.height;
    if (placed.row.kind === 'heading') {
      this.#open = [...this.#open.filter((row) => row.level < placed.row.level), placed.row];
    }
    if (placed.row.kind === 'subtotal' || placed.row.kind === 'total') {
      this.#open = this.#open.filter((row) => row.level < placed.row.level);
    }
  }

  #repeat(): void {
    if (!this.#options.repeatHeadings) return;
    for (const row of this.#open) {
      const again = this.#options.place({ ...row, name: `${row.name} (continued)`, values: {} });
      this.#options.drawAgain(again, this.#y);
      this.#y += again.height;
    }
  }

  #room(): number {
    return this.pages === 1 ? this.#options.first : this.#options.other;
  }

  async #turn(): Promise<void> {
    await this.#options.newPage();
    this.pages++;
    this.#y = 0;
  }
}
