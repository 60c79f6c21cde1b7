// Asks veraPDF, where DAYBOOK_VERAPDF names its jar, whether files are PDF/A-3a and PDF/UA-1.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const veraPdf = process.env['DAYBOOK_VERAPDF'] ?? '';

/** Whether it isn't there. */
export const noVeraPdf = veraPdf === '';

/** What it says of files that aren't both, or that it didn't look at; empty when all is well. */
export async function archiveFaults(
  files: AsyncIterable<readonly [name: string, bytes: Buffer]>,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-archive-'));
  let count = 0;
  try {
    for await (const [name, bytes] of files) {
      await writeFile(join(folder, `${name}.pdf`), bytes);
      count++;
    }
    const wrapper = 'org.verapdf.apps.GreenfieldCliWrapper';
    const faults: string[] = [];
    for (const flavour of ['3a', 'ua1']) {
      const how = ['--format', 'text', '-v', '--flavour', flavour, folder];
      const found = await promisify(execFile)('java', ['-cp', veraPdf, wrapper, ...how], {
        maxBuffer: 64_000_000,
      }).catch((fault: { stdout?: string }) => ({ stdout: fault.stdout ?? String(fault) }));
      const lines = found.stdout.split('\n').filter((line) => line !== '');
      faults.push(...lines.filter((line) => !line.startsWith('PASS ')));
      if (lines.length !== count) faults.push(`${lines.length} of ${count} looked at`);
    }
    return faults;
  } finally {
    await rm(folder, { recursive: true });
  }
}
