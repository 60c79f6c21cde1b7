// The charts over a report's table, side by side: rows of the same document as bars or lines along its columns, in ink and
// one accent. Who can't see them hears what they show and finds the figures in the table.

import { decimalText } from '#ledger/domain/money.ts';
import { minor } from '#reports/catalogue/pages.ts';
import type { ReportBody, ReportChart } from '#reports/catalogue/report.ts';
import type { Figures } from './figures.ts';
import { HAIR, INK, SOFT } from './page-colours.ts';
import type { PageShape } from './page-columns.ts';
import type { Pen } from './page-pen.ts';
import { paperFonts, widthOf } from './pdf-fonts.ts';
import { headText } from './report-columns.ts';
import type { StructureTree } from './structure-tree.ts';
import { onPaper, shorten } from './wrap-text.ts';

const HEIGHT = 132;
const BELOW = 18;
const GAP = 28;
const CAPTION = 16;
const AXIS = 12;
const SIZE = 6.5;
const ACCENT = '#2f5a9a';
const WASH = '#c9c6be';
const MOST_TICKS = 4n;

/** How a series is drawn; `dash` in points. */
interface Tone {
  readonly colour: string;
  readonly dash: string;
}

const BARS: readonly Tone[] = [
  { colour: ACCENT, dash: '' },
  { colour: WASH, dash: '' },
];
const LINES: readonly Tone[] = [
  { colour: ACCENT, dash: '' },
  { colour: INK, dash: '4 2' },
  { colour: INK, dash: '1 2' },
];

interface Series extends Tone {
  readonly name: string;
  /** Minor units, one for each column. */
  readonly values: readonly bigint[];
}

/** Room that the charts of a report take. */
export const chartsHeight = ({ charts = [] }: ReportBody): number =>
  charts.length === 0 ? 0 : HEIGHT + BELOW;

/** Draws them. @param y their top */
export function drawCharts(
  pen: Pen,
  tree: StructureTree,
  body: ReportBody,
  shape: PageShape,
  figures: Figures,
  y: number,
): void {
  const charts = body.charts ?? [];
  const room = shape.width - 2 * shape.margin - GAP * (charts.length - 1);
  const width = room / charts.length;
  for (const [at, chart] of charts.entries()) {
    const left = shape.margin + at * (width + GAP);
    new Drawing(pen, body, chart, figures, { left, top: y, right: left + width }).draw(tree);
  }
}

class Drawing {
  readonly #pen: Pen;
  readonly #body: ReportBody;
  readonly #chart: ReportChart;
  readonly #figures: Figures;
  readonly #bars: readonly Series[];
  readonly #lines: readonly Series[];
  readonly #ticks: readonly bigint[];
  readonly #left: number;
  readonly #right: number;
  readonly #top: number;

  constructor(
    pen: Pen,
    body: ReportBody,
    chart: ReportChart,
    figures: Figures,
    box: { readonly left: number; readonly top: number; readonly right: number },
  ) {
    this.#pen = pen;
    this.#body = body;
    this.#chart = chart;
    this.#figures = figures;
    const series = (rows: readonly number[], tones: readonly Tone[]) =>
      rows.map((row, at) => ({
        ...tones[at % tones.length]!,
        name: onPaper(body.rows[row]!.name),
        values: chart.columns.map((key) => minor(body.rows[row]!.values[key], body.exponent)),
      }));
    this.#bars = series(chart.bars, BARS);
    this.#lines = series(chart.lines, chart.bars.length > 0 ? LINES.slice(2) : LINES);
    this.#ticks = ticksOver([...this.#bars, ...this.#lines].flatMap(({ values }) => values));
    const labels = this.#ticks.map((tick) => this.#width(this.#label(tick)));
    this.#left = box.left + Math.max(...labels) + 6;
    this.#right = box.right;
    this.#top = box.top;
  }

  draw(tree: StructureTree): void {
    const { columns, title } = this.#chart;
    const names = [...this.#bars, ...this.#lines].map(({ name }) => name).join(', ');
    const says = `${title}: ${names} in ${columns.length} months. The figures stand in the table.`;
    const { graphics, words } = tree.figure(says);
    this.#pen.beginDrawing(graphics);
    for (const tick of this.#ticks) {
      const line: readonly [number, number][] = [
        [this.#left, this.#y(tick)],
        [this.#right, this.#y(tick)],
      ];
      this.#pen.path(line, tick === 0n ? 0.6 : 0.3, HAIR, '');
    }
    this.#drawBars();
    for (const { colour, dash, values } of this.#lines) {
      const points = values.map((value, at): [number, number] => [
        this.#x(at, 0.5),
        this.#y(value),
      ]);
      this.#pen.path(points, 1, colour, dash);
    }
    const legend = this.#legend();
    for (const { at, tone } of legend) this.#drawSign(at, tone);
    this.#pen.endDrawing();
    this.#pen.mark('Figure', words);
    this.#say(title, this.#left, this.#top, INK, 'semibold');
    for (const { at, name } of legend) this.#say(name, at + 11, this.#top, SOFT);
    for (const tick of this.#ticks) {
      const text = this.#label(tick);
      this.#say(text, this.#left - 5 - this.#width(text), this.#y(tick) - 4, SOFT);
    }
    for (const [at, key] of columns.entries()) {
      const label = this.#body.columns.find((column) => column.key === key)!.label;
      const text = headText(label, this.#figures);
      this.#say(text, this.#x(at, 0.5) - this.#width(text) / 2, this.#top + HEIGHT - 9, SOFT);
    }
    this.#pen.close();
  }

  #drawBars(): void {
    const zero = this.#y(0n);
    for (const [own, { colour, values }] of this.#bars.entries()) {
      for (const [at, value] of values.entries()) {
        const step = 0.76 / this.#bars.length;
        const from = 0.12 + own * step;
        const [x1, x2] = [this.#x(at, from), this.#x(at, from + step * 0.92)];
        if (value !== 0n)
          this.#pen.box(
            x1,
            Math.min(zero, this.#y(value)),
            x2,
            Math.max(zero, this.#y(value)),
            colour,
          );
      }
    }
  }

  /** Where the names of the series stand, right of the title. */
  #legend(): { at: number; name: string; tone: Series }[] {
    let at = this.#left + widthOf(paperFonts().semibold, SIZE, this.#chart.title) + 14;
    const all = [...this.#bars, ...this.#lines];
    // A lone series may bear a name that users gave.
    const room = (this.#right - at) / all.length - 24;
    return all.map((tone) => {
      const name =
        all.length === 1 ? shorten(paperFonts().regular, SIZE, tone.name, room) : tone.name;
      const own = { at, name, tone };
      at += this.#width(name) + 24;
      return own;
    });
  }

  #drawSign(at: number, tone: Series): void {
    const y = this.#top + 4;
    if (this.#bars.includes(tone)) this.#pen.box(at, y - 3, at + 6, y + 3, tone.colour);
    else
      this.#pen.path(
        [
          [at - 2, y],
          [at + 8, y],
        ],
        1,
        tone.colour,
        tone.dash,
      );
  }

  #label(tick: bigint): string {
    return this.#figures.amount(decimalText(tick, this.#body.exponent));
  }

  #width(text: string): number {
    return widthOf(paperFonts().regular, SIZE, text);
  }

  #say(
    text: string,
    x: number,
    y: number,
    colour: string,
    weight: 'regular' | 'semibold' = 'regular',
  ): void {
    this.#pen.text(text, x, y, weight, SIZE, colour);
  }

  /** A place in a column. @param part of its width */
  #x(column: number, part: number): number {
    return this.#left + ((this.#right - this.#left) * (column + part)) / this.#chart.columns.length;
  }

  /** The height of an amount: a place on paper, and no money any more. */
  #y(value: bigint): number {
    const [low, high] = [this.#ticks[0]!, this.#ticks.at(-1)!];
    const share = Number(((high - value) * 100_000n) / (high - low)) / 100_000;
    return this.#top + CAPTION + share * (HEIGHT - CAPTION - AXIS);
  }
}

/** Round amounts from below the least value, or zero, to above the largest. */
function ticksOver(values: readonly bigint[]): bigint[] {
  const low = values.reduce((least, value) => (value < least ? value : least), 0n);
  const high = values.reduce((most, value) => (value > most ? value : most), 0n);
  const step = roundUp((high - low) / MOST_TICKS + 1n);
  const ticks: bigint[] = [];
  for (let tick = low % step === 0n ? low : (low / step - 1n) * step; ; tick += step) {
    ticks.push(tick);
    if (tick >= high && ticks.length > 1) return ticks;
  }
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundUp(amount: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    for (const step of [power, 2n * power, 5n * power]) if (step >= amount) return step;
  }
}
