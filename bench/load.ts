// Asks one address as fast as it answers and says how fast that was.
import autocannon from 'autocannon';

export interface Figure {
  readonly what: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Warms up for a second, then measures. @throws when an answer wasn't the status that is expected. */
export async function measure(
  what: string,
  url: string,
  headers: Record<string, string>,
  status: number,
  seconds: number,
): Promise<Figure> {
  const options = { url, headers, connections: 32 };
  await autocannon({ ...options, duration: 1 });
  const result = await autocannon({ ...options, duration: seconds });
  const wrong = Object.keys(result.statusCodeStats ?? {}).filter((code) => code !== `${status}`);
  if (wrong.length > 0 || result.errors > 0) {
    throw new Error(
      `${what}: ${result.errors} errors, answers ${wrong.join(', ')} instead of ${status}`,
    );
  }
  return {
    what,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/** The figures with their ratio to the first. */
export function table(figures: readonly Figure[]): string {
  const first = figures[0]?.perSecond ?? 1;
  const lines = figures.map(
    ({ what, perSecond, p50, p99 }) =>
      `${what.padEnd(46)} ${perSecond.toFixed(0).padStart(8)} /s   p50 ${p50} ms   p99 ${p99} ms   ${(perSecond / first).toFixed(3)} of bare`,
  );
  return lines.join('\n');
}
