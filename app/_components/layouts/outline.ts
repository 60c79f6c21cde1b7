// What is done to the lines of an outline. A line takes those under it along.
import { DEEPEST, endOfLine, type LayoutLine } from '#ledger/domain/statement-layout.ts';

/** A line and those under it one level deeper (1) or less deep (-1), where there is room. */
export function indented(
  lines: readonly LayoutLine[],
  at: number,
  step: number,
): readonly LayoutLine[] {
  const { level } = lines[at]!;
  const most = at === 0 ? 0 : Math.min(DEEPEST, lines[at - 1]!.level + 1);
  if (level + step < 0 || level + step > most) return lines;
  const end = endOfLine(lines, at);
  return lines.map((line, other) =>
    other >= at && other < end ? { ...line, level: line.level + step } : line,
  );
}

/** A line and those under it before the one above (-1) or after the one below (1) that it stands beside. */
export function moved(
  lines: readonly LayoutLine[],
  at: number,
  step: number,
): { readonly lines: readonly LayoutLine[]; readonly at: number } {
  const { level } = lines[at]!;
  const end = endOfLine(lines, at);
  if (step > 0) {
    if (end === lines.length || lines[end]!.level !== level) return { lines, at };
    const next = endOfLine(lines, end);
    const [own, below] = [lines.slice(at, end), lines.slice(end, next)];
    const around = [...lines.slice(0, at), ...below, ...own, ...lines.slice(next)];
    return { lines: around, at: at + below.length };
  }
  const before = lines.findLastIndex((line, other) => other < at && line.level <= level);
  if (before < 0 || lines[before]!.level !== level) return { lines, at };
  return { lines: moved(lines, before, 1).lines, at: before };
}

export const removed = (lines: readonly LayoutLine[], at: number): readonly LayoutLine[] =>
  lines.toSpliced(at, endOfLine(lines, at) - at);

/** An empty group after a line, beside it. */
export const withLineAfter = (lines: readonly LayoutLine[], at: number): readonly LayoutLine[] => {
  const level = lines[at]?.level ?? 0;
  return lines.toSpliced(at + 1, 0, { level, kind: 'group', name: '', accounts: '' });
};
