// A file that is ready, from the front door and from bare node:http: PDF, JSON, and the answer 304.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePeaks, generatorText, peakText, processorRatio } from '../compare.ts';
import { asking, fetchReport } from '../requests.ts';
import { type Bench, grouped, type Row, type Scenario } from '../scenario.ts';
import { startProgram } from '../start-program.ts';

const TARGET = 0.6;

interface Kind {
  readonly what: string;
  readonly format: 'pdf' | 'json';
  readonly unchanged: boolean;
}

const scenario = (name: string, kind: Kind): Scenario => ({
  name,
  needs: 'reads',
  run: async (bench) => [await against(bench, kind)],
});

async function against(bench: Bench, { what, format, unchanged }: Kind): Promise<Row> {
  const book = await bench.sized(bench.sizes[0]!);
  const report = await fetchReport(bench, book.slug, format);
  const folder = mkdtempSync(join(tmpdir(), 'daybook-bench-'));
  const file = join(folder, 'report');
  writeFileSync(file, report.bytes);
  const bare = await startProgram('bare-server.ts', [
    ...[file, report.type],
    ...(unchanged ? [report.etag] : []),
  ]);
  try {
    const status = unchanged ? 304 : 200;
    const headers = unchanged ? { ...bench.reader, 'if-none-match': report.etag } : bench.reader;
    const requests = [asking(report.path, headers, status)];
    const sides = [
      { what: 'bare', origin: bare.origin, requests, pids: [bare.pid] },
      { what, origin: bench.origin, requests, pids: bench.house?.pids('front-door') ?? [] },
    ];
    const peaks = await comparePeaks(sides, bench.seconds, bench.house !== null);
    const ratio = peaks[1]!.perSecond / peaks[0]!.perSecond;
    const where = bench.house ? 'one core each' : 'bare on this machine, not on the one measured';
    return {
      what,
      figure: peakText(peaks[1]!),
      baseline: `${peakText(peaks[0]!)} bare node:http`,
      ratio,
      target: `≥ ${TARGET}`,
      reached: ratio >= TARGET && peaks[1]!.unserved === 0,
      how: `closed loop, 32 connections, ${grouped(report.bytes.length)} bytes, ${where}; ${processorRatio(peaks[0]!, peaks[1]!)}${generatorText(peaks)}`,
    };
  } finally {
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const pdf = scenario('pdf', {
  what: 'PDF download, ready',
  format: 'pdf',
  unchanged: false,
});
export const notModified = scenario('304', {
  what: '304, nothing changed',
  format: 'pdf',
  unchanged: true,
});
export const json = scenario('json', {
  what: 'JSON document',
  format: 'json',
  unchanged: false,
});
