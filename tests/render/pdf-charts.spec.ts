// Charts on paper: bars as high as the table's amounts, months under them, a figure that says what it shows.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { getDocument, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import type { ReportBody } from '#reports/catalogue/report.ts';
import { drawPdf } from '#reports/render/draw-pdf.ts';
import { trialBalance } from '../delivery/sample-reports.ts';
import { textOf, type Word } from './read-pdf.ts';
import { whole } from './xlsx-sources.ts';

const charted = (
  amounts: readonly string[],
  charts: ReportBody['charts'] = [
    { title: 'Months (all)', columns: ['2026-01', '2026-02', '2026-03'], bars: [0], lines: [1] },
  ],
): ReportBody => {
  const columns = ['2026-01', '2026-02', '2026-03'].map((key) => ({
    ...{ key, label: key, kind: 'amount' as const },
  }));
  const row = (name: string, values: readonly string[]) => ({
    ...{ kind: 'line' as const, level: 0, account: null, path: null, name },
    values: Object.fromEntries(columns.map(({ key }, at) => [key, values[at]!])),
  });
  const rows = [row('Income', amounts), row('Result', ['0.00', '-1.00', '1.00'])];
  return { ...trialBalance(7), columns, rows, charts };
};

interface Drawn {
  readonly text: string;
  readonly words: readonly Word[];
  /** Filled boxes: left, top, right, bottom. */
  readonly boxes: readonly (readonly [number, number, number, number])[];
  readonly tree: unknown;
}

async function drawn(body: ReportBody): Promise<Drawn> {
  const pipe = new PassThrough();
  const bytes = buffer(pipe);
  await drawPdf(whole(body), pipe);
  const pdf = await getDocument({ data: new Uint8Array(await bytes), verbosity: 0 }).promise;
  try {
    const page = await pdf.getPage(1);
    const { items } = await page.getTextContent();
    const words = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [{ text: item.str, x: item.transform[4], y: item.transform[5], width: item.width }]
        : [],
    );
    return {
      words,
      text: textOf(words),
      boxes: await boxesOf(page),
      tree: await page.getStructTree(),
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function boxesOf(page: PDFPageProxy): Promise<Drawn['boxes']> {
  const { fnArray, argsArray } = await page.getOperatorList();
  return fnArray.flatMap((operator, at) => {
    const [paints, , around] = argsArray[at] ?? [];
    return operator === OPS.constructPath && paints === OPS.fill ? [[...around] as never] : [];
  });
}

const heights = ({ boxes }: Drawn) => boxes.map(([, top, , bottom]) => bottom - top);

test('bars are as high as their amounts, those below zero hang from it', async () => {
  const page = await drawn(charted(['100.00', '-50.00', '0.00']));
  // A nought has no bar; the last box is the sign beside the series' name.
  const [first, second, sign] = heights(page);
  expect(page.boxes).toHaveLength(3);
  expect(first! / second!).toBeCloseTo(2, 2);
  expect(first! + second!).toBeCloseTo(132 - 16 - 12, 0);
  expect(sign).toBeCloseTo(6, 2);
  const [above, below] = page.boxes;
  expect(above![3]).toBeCloseTo(below![1], 2);
});

test('says what it shows: title, series, months and round amounts', async () => {
  const { text, tree } = await drawn(charted(['100.00', '-50.00', '0.00']));
  for (const words of [
    'Months (all)',
    'Income',
    'Result',
    'Jan 26',
    'Mar 26',
    ' -50.00 0.00 50.00 100.00 ',
  ])
    expect(text).toContain(words);
  expect(JSON.stringify(tree)).toContain(
    '"alt":"Months (all): Income, Result in 3 months. The figures stand in the table."',
  );
});

test('charts stand side by side over the table, without overlapping it', async () => {
  const [chart] = charted(['1.00', '2.00', '3.00']).charts!;
  const two = await drawn(charted(['1.00', '2.00', '3.00'], [chart!, { ...chart!, lines: [] }]));
  const titles = two.words.filter(({ text }) => text === 'Months (all)');
  expect(titles).toHaveLength(2);
  expect(titles[0]!.y).toBe(titles[1]!.y);
  expect(titles[1]!.x - titles[0]!.x).toBeGreaterThan(200);
  const months = two.words.filter(({ text }) => text === 'Feb 26');
  const names = two.words.filter(({ text }) => text === 'Income');
  // In both legends, and in the table.
  expect([months.length, names.length]).toEqual([2, 3]);
  expect(Math.min(...names.map(({ y }) => y))).toBeLessThan(months[0]!.y - 20);
});

test.each([
  [['0.00', '0.00', '0.00']],
  [['0.01', '0.02', '-0.01']],
  [['999999999999999.99', '-999999999999999.99', '0.00']],
])('amounts of any size have round marks: %s', async (amounts) => {
  const { boxes, text } = await drawn(charted(amounts));
  expect(text).toContain('Months (all)');
  for (const side of boxes.flat()) expect(Number.isFinite(side)).toBe(true);
});

test('a report without charts is drawn as it was', async () => {
  expect((await drawn(charted(['1.00', '2.00', '3.00'], []))).boxes).toEqual([]);
});
