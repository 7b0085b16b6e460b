import { strToU8, zipSync } from 'fflate';

/** How a cell looks; positions in `cellXfs`. */
export const cellStyles = {
  plain: 0,
  title: 1,
  head: 2,
  input: 3,
  inputDate: 4,
  answer: 5,
  remark: 6,
} as const;
type CellStyle = keyof typeof cellStyles;

/** A formula without its equals sign, a number, or a text. */
export type CellContent = number | string | { readonly formula: string };

export interface Sheet {
  readonly name: string;
  readonly put: (column: string, row: number, content: CellContent, style?: CellStyle) => void;
  /** Offers what stands in cells of another sheet. */
  readonly offer: (cell: string, range: string) => void;
  readonly finish: () => string;
}

/** Widths are in characters, by column from A. */
export function createSheet(name: string, widths: readonly number[]): Sheet {
  const rows = new Map<number, { readonly column: string; readonly xml: string }[]>();
  const offers: string[] = [];
  return {
    name,
    put: (column, row, content, style = 'plain') => {
      const cells = rows.get(row) ?? [];
      rows.set(row, cells);
      cells.push({ column, xml: writeCell(`${column}${row}`, content, cellStyles[style]) });
    },
    offer: (cell, range) =>
      offers.push(
        `<dataValidation type="list" allowBlank="1" sqref="${cell}"><formula1>${escape(range)}</formula1></dataValidation>`,
      ),
    finish: () => {
      const sorted = [...rows].sort(([a], [b]) => a - b);
      const xml = sorted.map(([row, cells]) => {
        const ordered = cells.sort(
          (a, b) => a.column.length - b.column.length || (a.column < b.column ? -1 : 1),
        );
        return `<row r="${row}">${ordered.map((cell) => cell.xml).join('')}</row>`;
      });
      const columns = widths.map(
        (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
      );
      const validations =
        offers.length > 0
          ? `<dataValidations count="${offers.length}">${offers.join('')}</dataValidations>`
          : '';
      return `${HEAD}<worksheet xmlns="${MAIN}"><cols>${columns.join('')}</cols><sheetData>${xml.join('')}</sheetData>${validations}</worksheet>`;
    },
  };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function writeCell(reference: string, content: CellContent, style: number): string {
  const open = `<c r="${reference}" s="${style}"`;
  if (typeof content === 'number') return `${open}><v>${content}</v></c>`;
  if (typeof content === 'string') {
    return content === ''
      ? `${open}/>`
      : `${open} t="inlineStr"><is><t xml:space="preserve">${escape(content)}</t></is></c>`;
  }
  return `${open}><f>${escape(content.formula)}</f></c>`;
}

/** As XML 1.0 allows it: control characters are left out. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}

/** The bytes of an .xlsx workbook without macros, to be calculated when it is opened. */
export function zipWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const relations = (inner: string) =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${KIND}.${type}+xml"/>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}${sheets.map((_, i) => override(`worksheets/sheet${i + 1}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
      .map(({ name }, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="s${i + 1}"/>`)
      .join('')}</sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      `${sheets.map((_, i) => relation(`s${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation('styles', 'styles', 'styles.xml')}`,
    ),
    'xl/styles.xml': STYLES,
  };
  sheets.forEach((sheet, i) => (parts[`xl/worksheets/sheet${i + 1}.xml`] = sheet.finish()));
  // One date for all, so that the same model gives the same bytes.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])), {
    mtime,
  });
}

const xf = (font: number, fill: number, border: number, format = 0, wraps = false) =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyNumberFormat="1"${wraps ? ' applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>' : '/>'}`;
const solid = (colour: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill></fill>`;
const edge = (side: string) => `<${side} style="thin"><color rgb="FF8A8F98"/></${side}>`;
const DATE_TIME = 22;
const TENTHS = 164;

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="${TENTHS}" formatCode="0.0"/></numFmts><fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="16"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><i/><sz val="10"/><color rgb="FF555555"/><name val="Calibri"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('FFFFF6D6')}${solid('FFE6EEF8')}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">${[
  xf(0, 0, 0),
  xf(1, 0, 0),
  xf(2, 0, 0),
  xf(0, 2, 1),
  xf(0, 2, 1, DATE_TIME),
  xf(2, 3, 1, TENTHS),
  xf(3, 0, 0, 0, true),
].join('')}</cellXfs></styleSheet>`;
