import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { CellRow } from '#data/cell.ts';
import { zipWorkbook } from '#interop/workbook/workbook-parts.ts';
import { type WorkbookModel, type WorkbookWords, writeSheets } from '#interop/workbook/write-workbook.ts';

/** Of a workbook, whatever its language. */
export const plainWords: WorkbookWords = {
  sheets: { answer: 'Answer', model: 'Model', labels: 'Labels', levels: 'Levels' },
  title: 'A model',
  heads: { input: 'Input', value: 'Value', known: 'Known' },
  prediction: 'Prediction',
  levels: ['P10', 'P50', 'P80', 'P90'],
  noLevel: '-',
  remarks: [],
};

/** What a workbook says: the prediction, then P10, P50, P80 and P90 (null where it says none). */
export type WorkbookAnswer = readonly (number | null)[];

/**
 * What LibreOffice calculates of a model's workbook filled in with each row (of its inputs): one workbook, a set of sheets a
 * row. Throws where LibreOffice does not run.
 */
export function runWorkbook(model: WorkbookModel, rows: readonly CellRow[]): readonly WorkbookAnswer[] {
  const sheets = rows.flatMap((typical, i) => {
    const named = Object.fromEntries(
      Object.entries(plainWords.sheets).map(([key, name]) => [key, `${name}${i}`]),
    ) as unknown as WorkbookWords['sheets'];
    return writeSheets({ ...model, typical }, { ...plainWords, sheets: named });
  });
  const folder = mkdtempSync(join(tmpdir(), 'tranche-workbook-'));
  try {
    writeFileSync(join(folder, 'asked.xlsx'), zipWorkbook(sheets));
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const args = [
      profile,
      '--headless',
      '--convert-to',
      'xlsx:Calc MS Excel 2007 XML',
      '--outdir',
      join(folder, 'out'),
      join(folder, 'asked.xlsx'),
    ];
    execFileSync('soffice', args, { stdio: 'pipe', timeout: 300_000 });
    const parts = unzipSync(readFileSync(join(folder, 'out', 'asked.xlsx')));
    const first = 4 + model.inputs.length + 1;
    return rows.map((_, i) => {
      const xml = strFromU8(parts[`xl/worksheets/sheet${4 * i + 1}.xml`] ?? new Uint8Array());
      return Array.from({ length: 5 }, (__, level) => readNumber(xml, `B${first + level}`));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readNumber(xml: string, cell: string): number | null {
  const found = new RegExp(`<c r="${cell}"(?<kind>[^>]*)>.*?<v[^>]*>(?<value>[^<]*)</v>`, 'su').exec(
    xml,
  )?.groups;
  if (!found || /t="(?:str|s|e)"/u.test(found['kind'] ?? '')) return null;
  return Number(found['value']);
}
