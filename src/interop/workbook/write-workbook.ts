import { MS_PER_DAY } from '#data/dates.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import { msPerUnit, timeUnits } from '#data/time-units.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import { findLevelScores } from '#evaluation/intervals/prediction-interval.ts';
import type { ResidualSpread } from '#evaluation/intervals/residual-spread.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { PortableFeature, PortableMember, PortableModel } from '../portable/portable-model.ts';
import { writeNumber, writeTreeFormula } from './tree-formula.ts';
import { createSheet, type Sheet, zipWorkbook } from './workbook-parts.ts';

/** What a workbook says to people. */
export interface WorkbookWords {
  readonly sheets: {
    readonly answer: string;
    readonly model: string;
    readonly labels: string;
    readonly levels: string;
  };
  readonly title: string;
  readonly heads: { readonly input: string; readonly value: string; readonly known: string };
  readonly prediction: string;
  /** P10, P50, P80 and P90. */
  readonly levels: readonly [string, string, string, string];
  /** Stands where no level is claimed. */
  readonly noLevel: string;
  readonly remarks: readonly string[];
}

export interface WorkbookModel {
  readonly portable: PortableModel;
  /** What a person fills in. */
  readonly inputs: readonly EncodedFeature[];
  readonly typical: readonly (string | number | null)[];
  readonly origins: readonly PlannedFeature[];
  /** Usual values of features that no input gives. */
  readonly usual: ReadonlyMap<string, number | string | null>;
  readonly intervals: IntervalCalibration | null;
  readonly classColumn: string | null;
}

const FIRST_ROW = 4;
const SERIAL_OF_1970 = 25_569;

/**
 * A workbook of formulas alone: inputs on top, the prediction and its levels below. Levels are those of a case within what
 * was learnt.
 */
export function writeWorkbook(model: WorkbookModel, words: WorkbookWords): Uint8Array {
  return zipWorkbook(writeSheets(model, words));
}

/** Its sheets, the first of them with inputs from row 4 on in column B. */
export function writeSheets(model: WorkbookModel, words: WorkbookWords): readonly Sheet[] {
  const answer = createSheet(words.sheets.answer, [34, 22, 46]);
  const hidden = createSheet(words.sheets.model, [30, 22, 22, 60, 60]);
  const labels = createSheet(words.sheets.labels, []);
  const levels = createSheet(words.sheets.levels, [24, 24]);
  const asked = listAsked(model);
  putInputs(answer, labels, asked, words);
  const inputCell = new Map(asked.map(({ name }, i) => [name, `${quote(answer.name)}!$B$${FIRST_ROW + i}`]));
  const labelRanges = putLabels(labels, model, asked);
  const cells = putFeatures(hidden, model, inputCell, labelRanges);
  const cell = (reference: string) => `${quote(hidden.name)}!${reference}`;
  const prediction = cell(putPrediction(hidden, model.portable, cells));
  const row = FIRST_ROW + asked.length + 1;
  answer.put('A', row, words.prediction, 'head');
  const { intervals } = model;
  const noLevel = `"${words.noLevel.replaceAll('"', '""')}"`;
  if (intervals?.score.kind !== 'residual') {
    answer.put('B', row, { formula: prediction }, 'answer');
  } else {
    const found = putLevels(levels, intervals, model.classColumn, inputCell);
    // Without a P80 nothing is announced: `isRefused`.
    answer.put('B', row, { formula: `IF(${found[P80]}="",${noLevel},${prediction})` }, 'answer');
    const centre = intervals.score.scale === 'log1p' ? `LN(1+${prediction})` : prediction;
    hidden.put('B', 1, { formula: centre });
    hidden.put('C', 1, { formula: writeSpread(intervals.score.spread, '$B$1') });
    found.forEach((score, i) => {
      const raw = `(${cell('$B$1')}+${score}*${cell('$C$1')})`;
      const duration = intervals.score.scale === 'log1p' ? `EXP(${raw})-1` : raw;
      const bounded = intervals.leastDuration === 0 ? `MAX(0,${duration})` : duration;
      answer.put('A', row + 1 + i, words.levels[i], 'head');
      answer.put('B', row + 1 + i, { formula: `IF(${score}="",${noLevel},${bounded})` }, 'answer');
    });
  }
  words.remarks.forEach((remark, i) => answer.put('A', row + 7 + i, remark));
  return [answer, hidden, labels, levels];
}

/** The inputs of the file, and every feature that none of them gives. */
function listAsked({ inputs, typical, origins, portable, usual }: WorkbookModel): readonly AskedInput[] {
  const given = new Map(
    inputs.map((input, i) => [input.name, { ...describe(input), typical: typical[i] ?? null }]),
  );
  const used = new Set<string>();
  const direct: AskedInput[] = [];
  for (const { name, kind, labels } of portable.features) {
    const origin = origins.find(({ feature }) => feature === name);
    const sources = origin && isComputable(origin) ? [origin.column, origin.reference ?? origin.column] : [];
    if (sources.length > 0 && sources.every((source) => given.has(source)))
      for (const source of sources) used.add(source);
    else direct.push({ name, kind, labels, known: '', typical: usual.get(name) ?? null });
  }
  return [...[...given.values()].filter(({ name }) => used.has(name)), ...direct];
}

interface AskedInput {
  readonly name: string;
  readonly kind: 'number' | 'date' | 'category';
  readonly labels: readonly string[];
  readonly known: string;
  readonly typical: string | number | null;
}

function describe(input: EncodedFeature): Omit<AskedInput, 'typical'> {
  const { name, type: kind } = input;
  if (input.type === 'category')
    return { name, kind, labels: input.categories, known: input.categories.slice(0, 6).join(' · ') };
  const known =
    input.type === 'number' ? `${input.min} – ${input.max}` : [input.min, input.max].map(toDay).join(' – ');
  return { name, kind, labels: [], known };
}

function toDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function isComputable({ part }: PlannedFeature): boolean {
  return part !== 'holidays-7' && part !== 'holidays-30';
}

function putInputs(sheet: Sheet, labels: Sheet, asked: readonly AskedInput[], words: WorkbookWords): void {
  sheet.put('A', 1, words.title, 'title');
  sheet.put('A', FIRST_ROW - 1, words.heads.input, 'head');
  sheet.put('B', FIRST_ROW - 1, words.heads.value, 'head');
  sheet.put('C', FIRST_ROW - 1, words.heads.known, 'head');
  asked.forEach(({ name, kind, typical, known, labels: own }, i) => {
    const row = FIRST_ROW + i;
    sheet.put('A', row, name);
    const isDate = kind === 'date' && typeof typical === 'number';
    sheet.put(
      'B',
      row,
      isDate ? typical / MS_PER_DAY + SERIAL_OF_1970 : (typical ?? ''),
      kind === 'date' ? 'inputDate' : 'input',
    );
    sheet.put('C', row, known, 'remark');
    if (own.length > 0) sheet.offer(`B${row}`, `${quote(labels.name)}!${rangeOf(columnName(i), own.length)}`);
  });
}

/** The labels of each input, one a column in the order of the inputs, then of each feature that is a category. */
function putLabels(
  sheet: Sheet,
  { portable }: WorkbookModel,
  asked: readonly AskedInput[],
): ReadonlyMap<string, string> {
  asked.forEach(({ labels }, i) => labels.forEach((label, row) => sheet.put(columnName(i), row + 1, label)));
  return new Map(
    portable.features.flatMap(({ name, labels }, f) => {
      if (labels.length === 0) return [];
      const column = columnName(asked.length + f);
      labels.forEach((label, row) => sheet.put(column, row + 1, label));
      return [[name, `${quote(sheet.name)}!${rangeOf(column, labels.length)}`] as const];
    }),
  );
}

/** What the trees read: one cell a feature, "" for missing. */
function putFeatures(
  sheet: Sheet,
  { portable, origins }: WorkbookModel,
  inputCell: ReadonlyMap<string, string>,
  labelRanges: ReadonlyMap<string, string>,
): readonly string[] {
  return portable.features.map((feature, f) => {
    const row = f + 2;
    sheet.put('A', row, feature.name);
    const origin = origins.find((each) => each.feature === feature.name);
    const input = inputCell.get(origin?.column ?? feature.name) ?? inputCell.get(feature.name) ?? '""';
    const reference = origin?.reference === undefined ? undefined : inputCell.get(origin.reference);
    const isDirect = inputCell.has(feature.name) && origin?.column !== feature.name;
    const formula = isDirect
      ? readCell(feature, inputCell.get(feature.name) ?? '""', labelRanges)
      : writeFeature(feature, origin, input, reference, labelRanges);
    sheet.put('B', row, { formula });
    return `$B$${row}`;
  });
}

function writeFeature(
  feature: PortableFeature,
  origin: PlannedFeature | undefined,
  input: string,
  reference: string | undefined,
  labelRanges: ReadonlyMap<string, string>,
): string {
  const part = origin?.part ?? 'value';
  if (part === 'value') return readCell(feature, input, labelRanges, origin?.factor);
  const when = (formula: string) =>
    `IF(AND(ISNUMBER(${input}),ISNUMBER(${reference ?? input})),${formula},"")`;
  const unit = timeUnits.find((each) => part === `span-${each}s`);
  if (unit !== undefined)
    return when(`(${input}-${reference ?? input})*${writeNumber(MS_PER_DAY / msPerUnit[unit])}`);
  switch (part) {
    case 'month':
      return when(`MONTH(${input})`);
    case 'weekday':
      return when(`WEEKDAY(${input},2)`);
    case 'hour':
      return when(`HOUR(${input})`);
    case 'age':
      return when(`${reference ?? input}-${input}`);
    default:
      return when(`${input}-${SERIAL_OF_1970}`);
  }
}

/** A number as it is, a date in milliseconds, a label by its code: told apart as they are written. */
function readCell(
  { name, kind, other }: PortableFeature,
  input: string,
  labelRanges: ReadonlyMap<string, string>,
  factor = 1,
): string {
  const range = labelRanges.get(name);
  if (kind === 'category') {
    const unknown = Number.isNaN(other) ? '""' : String(other);
    if (range === undefined) return `IF(${input}="","",${unknown})`;
    const isEqual = `EXACT(${range},${input})`;
    return `IF(${input}="","",IF(SUMPRODUCT(--${isEqual})=0,${unknown},SUMPRODUCT(${isEqual}*(ROW(${range})-1))))`;
  }
  const value =
    kind === 'date'
      ? `(${input}-${SERIAL_OF_1970})*${MS_PER_DAY}`
      : factor === 1
        ? input
        : `${input}*${writeNumber(factor)}`;
  return `IF(ISNUMBER(${input}),${value},"")`;
}

/** The cell of the prediction. Trees stand one below the other in column D, long parts of them in column E. */
function putPrediction(sheet: Sheet, { members }: PortableModel, cells: readonly string[]): string {
  let row = cells.length + 3;
  let treeRow = 2;
  let partRow = 2;
  const hoist = (formula: string) => {
    sheet.put('E', partRow, { formula });
    return `$E$${partRow++}`;
  };
  const terms = members.map(({ weight, scale, start, trees }) => {
    const first = row;
    for (const formula of writeStart(start, cells)) sheet.put('B', row++, { formula });
    let sum = `SUM($B$${first}:$B$${row - 1})`;
    if (start.kind === 'linear' && start.bounds) {
      const [least, most] = start.bounds.map(writeNumber);
      sum = `MIN(MAX(${sum},${least}),${most})`;
    }
    if (trees && trees.treeStarts.length > 1) {
      const from = treeRow;
      for (let t = 0; t + 1 < trees.treeStarts.length; t++) {
        const formula = writeTreeFormula(trees, trees.treeStarts[t], (feature) => cells[feature], hoist);
        sheet.put('D', treeRow++, { formula });
      }
      sum = `${sum}+SUM($D$${from}:$D$${treeRow - 1})`;
    }
    sheet.put('B', row, { formula: scale === 'log1p' ? `EXP(${sum})-1` : sum });
    return `${writeNumber(weight)}*$B$${row++}`;
  });
  sheet.put('B', row, { formula: terms.join('+') });
  return `$B$${row}`;
}

/** One formula a term. */
function writeStart(start: PortableMember['start'], cells: readonly string[]): readonly string[] {
  if (start.kind === 'constant') return [writeNumber(start.value)];
  const terms = start.terms.map((term) => {
    const cell = cells[term.feature];
    const missing = writeNumber(term.missing);
    if (term.kind === 'number') {
      const { coefficient, mean, inverse } = term;
      return `IF(${cell}="",${missing},${writeNumber(coefficient)}*((${cell}-${writeNumber(mean)})*${writeNumber(inverse)}))`;
    }
    const { byCode } = term;
    if (byCode.length === 0) return missing;
    return `IF(${cell}="",${missing},IF(${cell}>=${byCode.length},${missing},${chooseByCode(cell, byCode.map(writeNumber))}))`;
  });
  return [writeNumber(start.intercept), ...terms];
}

/** CHOOSE takes 254 values, and a formula 8,192 characters. */
function chooseByCode(cell: string, values: readonly string[], from = 0): string {
  const own = values.slice(from, from + MOST_CHOSEN);
  const chosen = `CHOOSE(${cell}-${from}+1,${own.join(',')})`;
  const next = from + MOST_CHOSEN;
  return next >= values.length ? chosen : `IF(${cell}<${next},${chosen},${chooseByCode(cell, values, next)})`;
}

const MOST_CHOSEN = 50;

/** The spread at a cell: straight between knots, level beyond them. */
function writeSpread({ knots, spreads }: ResidualSpread, cell: string): string {
  if (knots.length === 0) return '1';
  let formula = writeNumber(spreads[spreads.length - 1]);
  for (let above = knots.length - 1; above > 0; above--) {
    const [low, high] = [knots[above - 1], knots[above]];
    const share = `(${cell}-${writeNumber(low)})/${writeNumber(high - low)}`;
    const between = `${writeNumber(spreads[above - 1])}*(1-${share})+${writeNumber(spreads[above])}*${share}`;
    formula = `IF(${cell}<=${writeNumber(high)},${between},${formula})`;
  }
  return `IF(${cell}<=${writeNumber(knots[0])},${writeNumber(spreads[0])},${formula})`;
}

/** The scores of the levels by class and by rare category, and the cells of those that answer for the case. */
function putLevels(
  sheet: Sheet,
  intervals: IntervalCalibration,
  classColumn: string | null,
  inputCell: ReadonlyMap<string, string>,
): readonly string[] {
  let row = 2;
  const put = (column: string, label: string, scores: ReturnType<typeof findLevelScores>) => {
    sheet.put('A', row, column);
    sheet.put('B', row, label);
    [scores.p10, scores.p50, scores.p80, scores.p90].forEach((score, i) => {
      if (score !== null) sheet.put('CDEF'[i], row, { formula: writeNumber(score) });
    });
    return row++;
  };
  const overall = put('', '', findLevelScores(intervals, null));
  const unmet = put('', '', findLevelScores(intervals, NEVER_MET));
  const firstClass = row;
  for (const { label } of intervals.classes) put(classColumn ?? '', label, findLevelScores(intervals, label));
  const lastClass = row - 1;
  const firstRare = row;
  for (const rare of intervals.rare) {
    const cell = inputCell.get(rare.column);
    const at = put(rare.column, rare.label, findLevelScores(intervals, rare));
    if (cell !== undefined) sheet.put('G', at, { formula: `IF(EXACT(${cell},B${at}),ROW(),"")` });
  }
  const classCell = classColumn === null ? undefined : inputCell.get(classColumn);
  const range = `B${firstClass}:B${lastClass}`;
  const isEqual = `EXACT(${range},${classCell})`;
  const byClass =
    classCell === undefined || lastClass < firstClass
      ? String(overall)
      : `IF(${classCell}="",${overall},IF(SUMPRODUCT(--${isEqual})=0,${unmet},SUMPRODUCT(${isEqual}*ROW(${range}))))`;
  const rares = `G${firstRare}:G${Math.max(firstRare, row - 1)}`;
  sheet.put('A', 1, {
    formula: row > firstRare ? `IF(COUNT(${rares})>0,MIN(${rares}),${byClass})` : byClass,
  });
  return ['C', 'D', 'E', 'F'].map((column, i) => {
    const at = 'HIJK'[i];
    sheet.put(at, 1, {
      formula: `IF(INDEX(${column}1:${column}${row},$A$1)="","",INDEX(${column}1:${column}${row},$A$1))`,
    });
    return `${quote(sheet.name)}!$${at}$1`;
  });
}

/** Where the P80 stands among the levels. */
const P80 = 2;

/** A label that no class bears. */
const NEVER_MET = '\u0000';

function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return `${rest >= 0 ? columnName(rest) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

function rangeOf(column: string, length: number): string {
  return `$${column}$1:$${column}$${length}`;
}

function quote(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}
