import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { readEnsemble } from '#engine/ensemble-json.ts';
import type { Design } from './design-matrix.ts';
import { cardinalityOf, countCategories, type EncodedFeature } from './encoder.ts';
import { countLeafStarts, type ForestState } from './forest.ts';
import type { ImportedTreesState } from './imported-trees.ts';
import { MAX_PLACE, type NearestPastState } from './nearest-past.ts';
import { NEURAL_SHARES, type NeuralState } from './neural-state.ts';
import type { PlanPartState } from './plan.ts';
import type { OwnPastState } from './own-past.ts';
import type { RidgeState } from './ridge.ts';
import { modelNames } from './model-catalogue.ts';
import type { ModelState, SingleState } from './regressor.ts';

/** A count or a position. */
const naturalSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finiteSchema = v.pipe(v.number(), v.finite());
/** A position, or −1 for none. */
const positionSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));
const textSchema = v.string();
/** Finite numbers by the hundred thousand: checked in one loop, where a schema an item takes seconds. */
const longNumbersSchema = v.custom<number[]>((json) => Array.isArray(json) && json.every(Number.isFinite));

/** Several may be made of each of the 2,000 columns of a file. */
export const MAX_FEATURES = 10_000;
/** Of a blend: it takes two or three. */
export const MAX_MEMBERS = 32;

const featuresSchema = v.pipe(
  v.array(
    v.variant('type', [
      v.object({
        name: textSchema,
        type: v.picklist(['number', 'date']),
        min: finiteSchema,
        max: finiteSchema,
        quantiles: v.pipe(v.array(finiteSchema), v.length(5)),
        isInteger: v.boolean(),
        nMissing: naturalSchema,
      }),
      v.object({
        name: textSchema,
        type: v.literal('category'),
        categories: v.pipe(v.array(textSchema), v.maxLength(1000)),
        counts: v.pipe(v.array(naturalSchema), v.maxLength(1000)),
        hasOther: v.boolean(),
        nMissing: naturalSchema,
      }),
    ]),
  ),
  v.maxLength(MAX_FEATURES),
);

export const encoderSchema = v.object({
  features: featuresSchema,
  notes: v.array(
    v.object({
      code: v.literal('categories-merged'),
      feature: textSchema,
      nCategories: naturalSchema,
      nKept: naturalSchema,
    }),
  ),
});

const ridgeSchema = v.object({
  family: v.literal('ridge'),
  design: v.object({
    terms: v.array(
      v.object({
        column: positionSchema,
        codeColumns: v.array(positionSchema),
        missingColumn: positionSchema,
        mean: finiteSchema,
        inverseDeviation: finiteSchema,
      }),
    ),
    width: naturalSchema,
  }),
  means: v.array(finiteSchema),
  coefficients: v.array(finiteSchema),
  intercept: finiteSchema,
  strength: finiteSchema,
  bounds: v.nullable(v.tuple([finiteSchema, finiteSchema])),
});

const stateSchema = v.variant('family', [
  v.object({ family: v.literal('constant'), value: finiteSchema }),
  v.object({
    family: v.literal('median-per-class'),
    featureIndex: positionSchema,
    overall: finiteSchema,
    medians: v.array(finiteSchema),
  }),
  ridgeSchema,
  v.object({ family: v.literal('gradient-boosting'), start: v.nullable(ridgeSchema), trees: v.unknown() }),
  v.object({
    family: v.literal('plan'),
    planIndex: naturalSchema,
    correction: v.unknown(),
    withoutPlan: v.unknown(),
  }),
  v.object({
    family: v.literal('hazard'),
    durations: v.pipe(
      v.array(v.pipe(v.array(finiteSchema), v.minLength(1), v.maxLength(64))),
      v.minLength(1),
      v.maxLength(200),
    ),
    logOdds: v.array(finiteSchema),
    trees: v.unknown(),
  }),
  v.object({
    family: v.literal('forest'),
    trees: v.unknown(),
    levels: longNumbersSchema,
    /** Absent where the trees' own counts say it. */
    leafStarts: v.exactOptional(longNumbersSchema),
    members: longNumbersSchema,
  }),
  v.object({
    family: v.literal('own-past'),
    unitIndex: positionSchema,
    classIndex: positionSchema,
    durations: longNumbersSchema,
    units: longNumbersSchema,
    classes: longNumbersSchema,
  }),
  v.object({
    family: v.literal('nearest-past'),
    nNeighbours: naturalSchema,
    features: v.array(
      v.variant('kind', [
        v.object({ kind: v.literal('unused') }),
        v.object({
          kind: v.literal('number'),
          origin: finiteSchema,
          step: v.pipe(finiteSchema, v.gtValue(0)),
          places: longNumbersSchema,
        }),
        v.object({ kind: v.literal('category'), places: longNumbersSchema }),
      ]),
    ),
    durations: longNumbersSchema,
  }),
  v.object({ family: v.literal('imported-trees'), trees: v.unknown() }),
  v.object({
    family: v.literal('neural'),
    design: ridgeSchema.entries.design,
    layers: v.pipe(
      v.array(
        v.object({
          nIn: naturalSchema,
          nOut: naturalSchema,
          weights: longNumbersSchema,
          biases: v.array(finiteSchema),
        }),
      ),
      v.minLength(1),
      v.maxLength(10),
    ),
    centre: finiteSchema,
    spread: finiteSchema,
    bounds: v.tuple([finiteSchema, finiteSchema]),
  }),
]);

const blendSchema = v.object({
  family: v.literal('blend'),
  members: v.pipe(
    v.array(
      v.object({
        weight: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
        name: v.picklist(modelNames),
        scale: v.picklist(['identity', 'log1p']),
        state: v.unknown(),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_MEMBERS),
  ),
});

/** The families that correct a plan, or stand in for it. */
const planPartSchema = v.object({
  family: v.picklist(['constant', 'median-per-class', 'ridge', 'gradient-boosting']),
});

/**
 * What a fit learnt, out of parsed JSON from anywhere: shape by schema, then everything that indexes
 * something else is checked to be inside it. Throws `model-file-invalid`.
 */
export function readState(json: unknown, features: readonly EncodedFeature[]): ModelState {
  // By its name first: to try a forest as a blend would write an issue for each of its members.
  if (!v.is(v.object({ family: v.literal('blend') }), json)) return readSingleState(json, features);
  const blend = v.safeParse(blendSchema, json);
  if (!blend.success) reject(blend.issues[0].message);
  const members = blend.output.members.map((member) => ({
    weight: member.weight,
    name: member.name,
    scale: member.scale,
    state: readSingleState(member.state, features),
  }));
  return { family: 'blend', members };
}

function readSingleState(json: unknown, features: readonly EncodedFeature[]): SingleState {
  const parsed = v.safeParse(stateSchema, json);
  if (!parsed.success) reject(parsed.issues[0].message);
  const state = parsed.output;
  const nCategories = features.map(countCategories);
  const cardinalities = features.map(cardinalityOf).join();
  switch (state.family) {
    case 'constant':
      return state;
    case 'median-per-class': {
      const expected = state.featureIndex < 0 ? 0 : nCategories[state.featureIndex];
      if (expected !== state.medians.length) reject('medians do not fit the class feature');
      return state;
    }
    case 'ridge':
      return checkRidge(state, nCategories);
    case 'own-past':
      return checkOwnPast(state, nCategories);
    case 'nearest-past':
      return checkNearestPast(state, nCategories);
    case 'imported-trees':
      return checkImported({ family: state.family, trees: readEnsemble(state.trees) }, nCategories);
    case 'neural':
      return checkNeural(state, nCategories);
    case 'plan': {
      if (features[state.planIndex]?.type !== 'number') reject('no number where the plan should be');
      const { planIndex, correction, withoutPlan } = state;
      return {
        family: state.family,
        planIndex,
        correction: readPlanPart(correction, features),
        withoutPlan: readPlanPart(withoutPlan, features),
      };
    }
    case 'hazard': {
      const { family, durations, logOdds } = state;
      const trees = readEnsemble(state.trees);
      // The interval comes after the features.
      if (trees.cardinalities.join() !== `${cardinalities},0`) reject('trees do not fit the features');
      if (trees.baseline !== null || trees.loss !== 'logistic') reject('trees of another kind');
      if (durations.length !== logOdds.length) reject('intervals do not fit their odds');
      const all = durations.flat();
      if (all.some((duration, i) => i > 0 && duration < all[i - 1])) reject('intervals do not ascend');
      return { family, durations, logOdds, trees };
    }
    case 'gradient-boosting': {
      const trees = readEnsemble(state.trees);
      if (trees.cardinalities.join() !== cardinalities) reject('trees do not fit the features');
      if ((trees.baseline === null) !== (state.start !== null)) reject('trees lack their start');
      return { family: state.family, start: state.start && checkRidge(state.start, nCategories), trees };
    }
    default: {
      const trees = readEnsemble(state.trees);
      if (trees.cardinalities.join() !== cardinalities) reject('trees do not fit the features');
      if (trees.baseline === null) reject('a forest lacks its baseline');
      return checkForest({
        family: state.family,
        trees,
        levels: Float64Array.from(state.levels),
        leafStarts: state.leafStarts ? Int32Array.from(state.leafStarts) : countLeafStarts(trees),
        members: Uint16Array.from(state.members, checkLevelIndex),
      });
    }
  }
}

/** Its trees part categories as sets, however many there are, or read their codes as one scale. */
function checkImported(state: ImportedTreesState, nCategories: readonly number[]): ImportedTreesState {
  const { cardinalities, baseline, value, leftChild } = state.trees;
  const fits = cardinalities.every((codes, f) => codes === 0 || codes === nCategories[f]);
  if (!fits || cardinalities.length !== nCategories.length) reject('trees do not fit the features');
  const isSingle = (number: number) => Math.fround(number) === number;
  if (baseline === null || !isSingle(baseline)) reject('trees lack their start');
  if (!value.every((leaf, node) => leftChild[node] !== 0 || isSingle(leaf))) reject('a leaf is no float32');
  return state;
}

function readPlanPart(json: unknown, features: readonly EncodedFeature[]): PlanPartState {
  // Before it is read: a plan within a plan within a plan would have no end.
  if (!v.is(planPartSchema, json)) reject('a plan is not corrected by that');
  const state = readSingleState(json, features);
  switch (state.family) {
    case 'constant':
    case 'median-per-class':
    case 'ridge':
    case 'gradient-boosting':
      return state;
    default:
      return reject(`a plan is not corrected by a ${state.family}`);
  }
}

function checkRidge(state: RidgeState, nCategories: readonly number[]): RidgeState {
  const { width } = state.design;
  if (state.coefficients.length !== width || state.means.length !== width) {
    reject('coefficients do not fit the design');
  }
  checkDesign(state.design, nCategories);
  return state;
}

function checkOwnPast(state: OwnPastState, nCategories: readonly number[]): OwnPastState {
  checkDurations(state.durations);
  checkCodes(state.units, state, nCategories[state.unitIndex] ?? 0);
  checkCodes(state.classes, state, nCategories[state.classIndex] ?? 0);
  return state;
}

function checkNearestPast(state: NearestPastState, nCategories: readonly number[]): NearestPastState {
  checkDurations(state.durations);
  if (state.nNeighbours < 1 || state.nNeighbours > state.durations.length) reject('neighbours do not fit');
  if (state.features.length !== nCategories.length) reject('places do not fit the features');
  state.features.forEach((feature, i) => {
    if (feature.kind === 'unused') return;
    const nCodes = nCategories[i];
    if ((feature.kind === 'category') !== nCodes > 0) reject('places do not fit the features');
    checkCodes(feature.places, state, feature.kind === 'category' ? nCodes : MAX_PLACE + 1);
  });
  return state;
}

function checkDurations(durations: readonly number[]): void {
  if (durations.length === 0) reject('no past outage');
  if (durations.some((value, i) => i > 0 && value < durations[i - 1])) reject('durations do not ascend');
}

/** One a past outage: −1 for missing, else below `nCodes`. */
function checkCodes(
  codes: readonly number[],
  { durations }: { readonly durations: readonly number[] },
  nCodes: number,
): void {
  const isCode = (code: number) => Number.isInteger(code) && code >= -1 && code < nCodes;
  if (codes.length !== durations.length || !codes.every(isCode)) reject('codes do not fit the past outages');
}

function checkNeural(state: NeuralState, nCategories: readonly number[]): NeuralState {
  checkDesign(state.design, nCategories);
  let { width } = state.design;
  for (const { nIn, nOut, weights, biases } of state.layers) {
    if (nIn !== width || weights.length !== nIn * nOut || biases.length !== nOut || nOut === 0)
      reject('layers do not fit');
    width = nOut;
  }
  if (width !== NEURAL_SHARES.length) reject('the network has another number of outputs');
  return state;
}

function checkDesign({ terms, width }: Design, nCategories: readonly number[]): void {
  // What is as wide as it says is allocated when it predicts.
  const listed = terms.flatMap((term) => [term.column, term.missingColumn, ...term.codeColumns]);
  if (width > listed.filter((column) => column >= 0).length) reject('the design is wider than its terms');
  if (terms.length !== nCategories.length) reject('design does not fit the features');
  terms.forEach((term, i) => {
    const columns = [term.column, term.missingColumn, ...term.codeColumns];
    if (columns.some((column) => column >= width)) reject('a term lies outside the design');
    if (term.codeColumns.length !== nCategories[i]) reject('design does not fit the features');
    if (term.column < 0 && nCategories[i] === 0) reject('a number lacks its column');
  });
}

/** Before the array of 16 bits wraps it into range. */
function checkLevelIndex(value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 65_535) reject('a member has no level');
  return value;
}

function checkForest(state: ForestState): ForestState {
  const { trees, levels, leafStarts, members } = state;
  let nLeaves = 0;
  for (const child of trees.leftChild) if (child === 0) nLeaves++;
  if (leafStarts.length !== nLeaves + 1 || leafStarts[0] !== 0 || leafStarts[nLeaves] !== members.length) {
    reject('leaves do not fit the trees');
  }
  // A leaf without members would have no vote to give.
  if (leafStarts.some((start, leaf) => leaf > 0 && start <= leafStarts[leaf - 1])) {
    reject('a leaf has no member');
  }
  if (members.some((level) => level >= levels.length)) reject('a member has no level');
  if (levels.some((level, i) => i > 0 && level <= levels[i - 1])) reject('levels do not ascend');
  return state;
}

function reject(problem: string): never {
  throw new AppError('model-file-invalid', `not a sound model: ${problem}`, { problem });
}
