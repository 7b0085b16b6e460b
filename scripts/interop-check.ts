/**
 * npm run check:interop [-- 1000000] [--onnx FOLDER] [--only xgboost,code,excel,onnx,hand-over]
 *
 * Holds models against the tools they come from and go to, as far as the machine has them: XGBoost (Debian's python3-xgboost)
 * both ways, code by node, python3, gcc and sqlite3, workbooks by LibreOffice, ONNX by the onnxruntime-node installed in
 * FOLDER, and the hand-over by Dask (python3-distributed) with a worker killed on the way. Prints a line each with its
 * figures; exit 1 where one is past its bound.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CellRow } from '#data/cell.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { createImportedModel } from '#interop/imported-model.ts';
import { writeOnnx } from '#interop/onnx/write-onnx.ts';
import { drawParityRows, toFeatureTable } from '#interop/parity-rows.ts';
import { type PortableModel, toPortableModel } from '#interop/portable/portable-model.ts';
import { fitPortableModels } from '#interop/testing/portable-fits.ts';
import { readXgboost } from '#interop/xgboost/read-xgboost.ts';
import { writeXgboostJson, writeXgboostUbjson } from '#interop/xgboost/write-xgboost.ts';
import { encode } from '#models/encoder.ts';
import { createFittedModel, type FittedModel } from '#models/regressor.ts';
import { checkHandOver } from './interop/check-hand-over.ts';
import { codeTargets, hasTool, runCode } from './interop/run-code.ts';
import { runWorkbook } from './interop/run-workbook.ts';

const PYTHON = '/usr/bin/python3';
const SIDE = new URL('interop/xgboost_side.py', import.meta.url).pathname;
const nRows = Number(process.argv.slice(2).find((argument) => /^\d+$/u.test(argument)) ?? 100_000);
const onnxAt = process.argv.indexOf('--onnx');
const onnxFolder = onnxAt < 0 ? null : resolve(process.argv[onnxAt + 1] ?? '.');
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : (process.argv[onlyAt + 1] ?? '').split(',');
const isAsked = (part: string) => only?.includes(part) ?? true;
const folder = mkdtempSync(join(tmpdir(), 'tranche-interop-'));
const python = (...args: readonly string[]) => execFileSync(PYTHON, [SIDE, ...args], { stdio: 'pipe' });
const floats = (path: string) => new Float32Array(new Uint8Array(readFileSync(path)).buffer);

let nFailures = 0;
function tell(what: string, figure: string, isKept: boolean): void {
  if (!isKept) nFailures += 1;
  process.stdout.write(`${isKept ? 'kept  ' : 'BROKEN'}  ${what}: ${figure}\n`);
}
const skip = (what: string, why: string) => process.stdout.write(`absent  ${what}: ${why}\n`);

function hasPython(module: string): boolean {
  try {
    execFileSync(PYTHON, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** XGBoost's own models say here, bit for bit, what it says. */
function checkImport(): FittedModel {
  python('make', folder, String(nRows));
  const cells = new Float64Array(new Uint8Array(readFileSync(join(folder, 'rows.f64'))).buffer);
  const said = floats(join(folder, 'predictions.f32'));
  const facts = { scale: 'identity', seen: null } as const;
  let model: FittedModel | null = null;
  for (const name of ['model.json', 'model.ubj']) {
    model = createImportedModel(readXgboost(readFileSync(join(folder, name))), facts);
    const { features } = model.encoder;
    const columns = features.map((feature, f) => ({
      type: 'number' as const,
      name: feature.name,
      values: Float64Array.from({ length: nRows }, (_, row) => cells[row * features.length + f] ?? NaN),
    }));
    const predicted = model.predict({ nRows, columns });
    const nSame = predicted.reduce((n, value, i) => n + Number(value === said[i]), 0);
    tell(`XGBoost → Tranche, ${name}`, `${nSame} of ${nRows} predictions bit-identical`, nSame === nRows);
  }
  return model as FittedModel;
}

/** XGBoost sends every row to the leaf that it reaches here. */
function checkExport(name: string, model: FittedModel): void {
  const raw = createFittedModel({ ...model.spec, scale: 'identity' }, model.encoder, model.state);
  const portable = toPortableModel(raw);
  const [member] = portable.members;
  if (!member?.trees) return;
  const nTrees = member.trees.treeStarts.length - 1;
  const { rows, predictions } = drawParityRows(raw, Math.ceil(1_000_000 / nTrees), 5, 'single');
  const { matrix } = encode(model.encoder, toFeatureTable(model.encoder.features, rows));
  const flat = Float64Array.from(rows.flatMap((_, i) => matrix.columns.map((column) => column[i] ?? NaN)));
  writeFileSync(join(folder, 'asked.f64'), new Uint8Array(flat.buffer));
  const leaves = findLeafIndices(member.trees, matrix);
  for (const [kind, bytes] of [
    ['json', writeXgboostJson(portable)],
    ['ubj', writeXgboostUbjson(portable)],
  ] as const) {
    const path = join(folder, `out.${kind}`);
    writeFileSync(path, bytes);
    python('ask', path, join(folder, 'asked.f64'), join(folder, 'said'));
    const theirs = new Int32Array(new Uint8Array(readFileSync(join(folder, 'said.i32'))).buffer);
    const nWrong = leaves.reduce((n, leaf, at) => {
      return n + Number(leaf - (member.trees?.treeStarts[at % nTrees] ?? 0) !== theirs[at]);
    }, 0);
    const sums = floats(join(folder, 'said.f32'));
    const worst = findWorstUlps(predictions, Array.from(sums)) / nTrees;
    const figure = `${nWrong} wrong leaves of ${leaves.length}, ${worst.toFixed(2)} ulp a tree at most`;
    tell(`Tranche → XGBoost ${kind}, ${name}`, figure, nWrong === 0 && worst <= 4);
  }
}

/** In units of the last place of a float32 of the prediction's size. */
function findWorstUlps(ours: readonly number[], theirs: readonly (number | null)[]): number {
  return ours.reduce((worst, value, i) => {
    const ulp = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 1e-30))) - 23);
    const off = Math.abs(value - (theirs[i] ?? NaN)) / ulp;
    return Math.max(worst, Number.isNaN(off) ? Infinity : off);
  }, 0);
}

function checkCode(name: string, model: FittedModel, target: string, nAsked: number): void {
  const { rows, predictions } = drawParityRows(model, nAsked, 7);
  const said = runCode(target, toPortableModel(model), rows);
  const nSame = predictions.filter((value, i) => value === said[i]).length;
  const addsInDouble = target === 'sqlite3' && name === 'imported-trees';
  const figure = `${nSame} of ${nAsked} bit-identical${addsInDouble ? ' (adds float32 numbers in double)' : ''}`;
  const ulps = addsInDouble ? findWorstUlps(predictions, said) : 0;
  tell(`Tranche → ${target}, ${name}`, figure, addsInDouble ? ulps <= 400 : nSame === nAsked);
}

const N_WORKBOOK_ROWS = 200;
const ROWS_AT_ONCE = 40;

function checkWorkbook(name: string, model: FittedModel): void {
  const { features } = model.encoder;
  const { rows, predictions } = drawParityRows(model, N_WORKBOOK_ROWS, 7, 'digits');
  const origins = features.map((feature) => ({
    feature: feature.name,
    column: feature.name,
    part: 'value' as const,
  }));
  const portable = toPortableModel(model);
  const asked = {
    portable,
    inputs: features,
    typical: [],
    origins,
    usual: new Map(),
    intervals: null,
    classColumn: null,
  };
  // A workbook of them all takes LibreOffice minutes.
  const said: number[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    said.push(...runWorkbook(asked, some).map(([prediction]) => prediction ?? NaN));
  }
  const worst = predictions.reduce((most, value, i) => {
    const off = Math.abs(value - (said[i] ?? NaN)) / Math.max(1, Math.abs(value));
    return Math.max(most, Number.isNaN(off) ? Infinity : off);
  }, 0);
  const bound = name === 'imported-trees' ? 1e-5 : 1e-12;
  tell(
    `Tranche → Excel by LibreOffice, ${name}`,
    `${N_WORKBOOK_ROWS} rows, off by ${worst.toExponential(1)} at most`,
    worst <= bound,
  );
}

interface OnnxRuntime {
  readonly InferenceSession: {
    create: (
      bytes: Uint8Array,
    ) => Promise<{ run: (feeds: object) => Promise<{ Y: { data: Float64Array } }> }>;
  };
  readonly Tensor: new (type: string, data: Float64Array, dims: readonly number[]) => object;
}

async function checkOnnx(name: string, model: FittedModel, runtime: OnnxRuntime): Promise<void> {
  const portable = toPortableModel(model);
  const nTrees = portable.members.reduce((n, { trees }) => n + (trees ? trees.treeStarts.length - 1 : 0), 0);
  const { rows, predictions } = drawParityRows(model, Math.ceil(1_000_000 / Math.max(nTrees, 100)), 7);
  const session = await runtime.InferenceSession.create(writeOnnx(portable, name));
  const cells = Float64Array.from(rows.flatMap((row) => toCodes(portable, row)));
  const X = new runtime.Tensor('float64', cells, [rows.length, portable.features.length]);
  const { Y } = await session.run({ X });
  const worst = findWorstUlps(predictions, Array.from(Y.data)) / Math.max(nTrees, 1);
  tell(
    `Tranche → ONNX, ${name}`,
    `${rows.length} rows, ${worst.toFixed(2)} float32 ulp a tree at most`,
    worst <= 4,
  );
}

function toCodes({ features }: PortableModel, row: CellRow): number[] {
  return features.map(({ labels, other }, f) => {
    const cell = row[f] ?? null;
    if (cell === null) return NaN;
    if (labels.length === 0) return Number(cell);
    const code = labels.indexOf(String(cell));
    return code < 0 ? other : code;
  });
}

const models = new Map(await fitPortableModels(2000, 100));
if (!isAsked('xgboost')) skip('XGBoost', 'not asked');
else if (hasPython('xgboost')) {
  models.set('imported-trees', checkImport());
  for (const name of ['gradient-boosting', 'gradient-boosting-log', 'imported-trees']) {
    checkExport(name, models.get(name) as FittedModel);
  }
} else skip('XGBoost', 'install python3-xgboost');
for (const target of isAsked('code') ? codeTargets : []) {
  if (hasTool(target)) for (const [name, model] of models) checkCode(name, model, target, 10_000);
  else skip(target, 'not installed');
}
if (!isAsked('excel')) skip('Excel', 'not asked');
else if (hasTool('soffice')) for (const [name, model] of models) checkWorkbook(name, model);
else skip('Excel', 'install libreoffice-calc');
if (!isAsked('onnx')) skip('ONNX', 'not asked');
else if (onnxFolder === null) skip('ONNX', 'npm install onnxruntime-node in a folder, and name it by --onnx');
else {
  const runtime = createRequire(join(onnxFolder, 'package.json'))('onnxruntime-node') as OnnxRuntime;
  for (const [name, model] of models) await checkOnnx(name, model, runtime);
}
if (!isAsked('hand-over')) skip('hand-over', 'not asked');
else if (hasPython('xgboost.dask') && hasPython('distributed')) {
  for (const line of await checkHandOver(folder, nRows)) tell(line.what, line.figure, line.isKept);
} else skip('hand-over', 'install python3-distributed');
rmSync(folder, { recursive: true });
process.exitCode = nFailures > 0 ? 1 : 0;
