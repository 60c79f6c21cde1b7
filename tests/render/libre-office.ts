// Has LibreOffice, where it is on the PATH, open workbooks, compute every formula anew and say what stands in the cells.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { searchPath } from '#server/config.ts';
import { onPath, runTool } from '#server/embedded/run-tool.ts';

const soffice = onPath('soffice', searchPath());

/** Whether it isn't there. */
export const noLibreOffice = soffice === null;

/** Formulas of other programs' files are computed when these are opened, whatever values they keep. */
const ALWAYS_COMPUTE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

/** Fields parted by commas, all quoted texts in UTF-8, cells as they are and not as shown, every sheet in a file of its own. */
const EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1';

type Rows = readonly (readonly string[])[];

/** @returns the rows of each workbook's sheets, under the names of the workbook and the sheet with a hyphen between */
export async function opened(
  workbooks: Iterable<readonly [name: string, bytes: Uint8Array]>,
): Promise<ReadonlyMap<string, Rows>> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-office-'));
  try {
    const files: string[] = [];
    for (const [name, bytes] of workbooks) {
      files.push(join(folder, `${name}.xlsx`));
      await writeFile(files.at(-1)!, bytes);
    }
    const profile = join(folder, 'profile');
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), ALWAYS_COMPUTE);
    const out = join(folder, 'out');
    const how = [`-env:UserInstallation=${pathToFileURL(profile)}`, '--headless'];
    await runTool(soffice!, [...how, '--convert-to', EVERY_SHEET, '--outdir', out, ...files]);
    const sheets = new Map<string, Rows>();
    for (const file of await readdir(out)) {
      const rows: string[][] = parse(await readFile(join(out, file)), {
        relaxColumnCount: true,
      });
      sheets.set(file.replace(/\.csv$/, ''), rows);
    }
    return sheets;
  } finally {
    await rm(folder, { recursive: true });
  }
}
