// What a person sees while Daybook starts: a line with its time for every step, a bar for the long ones.

const WIDTH = 30;
const live = process.stdout.isTTY === true;

/** Runs one step, says its time when it ends. */
export async function step<Result>(
  name: string,
  work: (say: (line: string) => void, bar: (what: string, done: number) => void) => Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  let last = '';
  const bar = (what: string, done: number) => {
    const full = Math.round(Math.min(1, done) * WIDTH);
    const text = `  ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${what}`;
    if (text === last) return;
    last = text;
    if (live) process.stdout.write(`\r\x1b[2K${text}`);
    else if (done >= 1) console.log(`  ${what}`);
  };
  const say = (line: string) => console.log(`${live ? '\r\x1b[2K' : ''}  ${line}`);
  if (live) process.stdout.write(`… ${name}`);
  const result = await work(say, bar);
  console.log(`${live ? '\r\x1b[2K' : ''}✓ ${name.padEnd(34)} ${seconds().padStart(9)}`);
  return result;
}
