import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import { isTimeUnit, msPerUnit } from '#data/time-units.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { GateReport } from '#versions/gate/contract.ts';
import { judgeChallenger } from '#versions/gate/judge.ts';
import { type GatedModel, gateLevels } from '#versions/gate/question.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { askModel, type AskedModel, type AskedOutage } from './ask-model.ts';
import type { CompareModelsRequest } from './contract.ts';
import { readTest } from './read-test.ts';

/** Outages of a file that are to be told alike by both models: durations of other things differ on more. */
const MIN_ALIKE = 0.99;
const NEARLY = 1e-6;

/**
 * The gate between two open models on a file's finished outages, in the champion's unit. Throws what `askModel` does, and
 * `gate-other-targets` where the two predict different durations.
 */
export async function compareModels(
  old: { readonly model: ModelAtWork; readonly dataset: OpenDataset },
  challenger: { readonly model: ModelAtWork; readonly dataset: OpenDataset },
  { today, seed, dropsLearnt, oldTest, newTest }: CompareModelsRequest,
  context: JobContext,
): Promise<GateReport> {
  const { unit } = old.model.summary.target;
  const factor = findFactor(unit, challenger.model.summary.target.unit);
  if (factor === null) throwOtherTargets(old.model, challenger.model);
  const asked = {
    old: oldTest ? readTest(oldTest) : await askModel(old.model, old.dataset, today, context),
    new: newTest ? readTest(newTest) : await askModel(challenger.model, challenger.dataset, today, context),
  };
  const rows = [...asked.old.outages.keys()].filter((row) => asked.new.outages.has(row));
  const pick = ({ outages }: AskedModel) => rows.flatMap((row) => outages.get(row) ?? []);
  const [ofOld, ofNew] = [pick(asked.old), pick(asked.new)];
  const isAlike = (outage: AskedOutage, i: number) => {
    const other = (ofNew[i]?.actual ?? NaN) * factor;
    return Math.abs(outage.actual - other) <= NEARLY * Math.max(1, Math.abs(outage.actual));
  };
  const nAlike = ofOld.filter(isAlike).length;
  if (nAlike < MIN_ALIKE * rows.length) throwOtherTargets(old.model, challenger.model);
  const nRepeated = Math.max(asked.old.nRepeated, asked.new.nRepeated);
  const { kept, rejected } = old.dataset.read.ledger;
  const report = judgeChallenger({
    unit,
    actual: Float64Array.from(ofOld, ({ actual }) => actual),
    old: toGated(ofOld, asked.old.hasIntervals, 1),
    new: toGated(ofNew, asked.new.hasIntervals, factor),
    units: toCodes(ofOld),
    classes: ofNew.map(({ label }, i) => label ?? ofOld[i]?.label ?? null),
    rows: {
      read: kept + rejected,
      finished: rows.length,
      underWay: asked.old.nUnderWay,
      ...(nRepeated > 0 && { repeated: nRepeated }),
    },
    dropsLearnt,
    seed,
  });
  const basis = oldTest ? 'recipes' : newTest ? 'test' : null;
  return basis === null ? report : { ...report, basis };
}

/** Of the challenger's unit to the champion's; null for a time and something else. */
function findFactor(old: DurationUnit, challenger: DurationUnit): number | null {
  if (old === challenger) return 1;
  if (!isTimeUnit(old) || !isTimeUnit(challenger)) return null;
  return msPerUnit[challenger] / msPerUnit[old];
}

function throwOtherTargets(old: ModelAtWork, challenger: ModelAtWork): never {
  const [a, b] = [old, challenger].map(({ summary: { target } }) => `${target.name} (${target.unit})`);
  throw new AppError('gate-other-targets', `the models predict ${a} and ${b}`, {
    old: a ?? '',
    new: b ?? '',
  });
}

function toGated(outages: readonly AskedOutage[], hasIntervals: boolean, factor: number): GatedModel {
  const list = (valueOf: (outage: AskedOutage) => number) =>
    Float64Array.from(outages, (outage) => valueOf(outage) * factor);
  const [p10, p50, p80, p90] = gateLevels.map((level) => list(({ levels }) => levels[level]));
  return {
    predicted: list(({ predicted }) => predicted),
    levels: hasIntervals && p10 && p50 && p80 && p90 ? { p10, p50, p80, p90 } : null,
    learnt: outages.map(({ learnt }) => learnt),
  };
}

/** Units as codes; null where the file names none. */
function toCodes(outages: readonly AskedOutage[]): Int32Array | null {
  if (outages.every(({ unit }) => unit === null)) return null;
  const codeOf = new Map<string, number>();
  return Int32Array.from(outages, ({ unit }) => {
    if (unit === null) return -1;
    const code = codeOf.get(unit) ?? codeOf.size;
    codeOf.set(unit, code);
    return code;
  });
}
