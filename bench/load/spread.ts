// Latencies as they come, and the few figures that are said of them.
import type { Spread } from './load-plan.ts';

export interface Latencies {
  add(milliseconds: number): void;
  spread(): Spread;
}

export function latencies(): Latencies {
  let kept = new Float64Array(4_096);
  let count = 0;
  return {
    add(milliseconds) {
      if (count === kept.length) {
        const larger = new Float64Array(count * 2);
        larger.set(kept);
        kept = larger;
      }
      kept[count++] = milliseconds;
    },
    spread() {
      const sorted = kept.slice(0, count).sort();
      const at = (part: number) => round(sorted[Math.ceil(part * count) - 1] ?? 0);
      return { count, p50: at(0.5), p99: at(0.99), max: at(1) };
    },
  };
}

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;
