import * as v from 'valibot';
import { toAppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import { parseRecipe } from '#data/recipe/parse-recipe.ts';
import { readSecondOpinion } from '#jobs/second-opinion/read-second-opinion.ts';
import { leverDirections, planObjectives } from '#planning/contract.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { readTrainingResult, settingsSchema } from '#training/result-schema.ts';
import type {
  DataDecisions,
  DatasetRecord,
  ForecastRecord,
  KeptModel,
  KeptWork,
  ModelEntry,
  ProjectRecord,
  ReadProblem,
  Recovery,
  ScenarioRecord,
  ShapeRecord,
  StudyRecord,
} from './records.ts';

/** A record as some version of this program wrote it: without what was added later, perhaps. */
type Stored<Kept, Added extends keyof Kept> = Omit<Kept, Added> & Partial<Pick<Kept, Added>>;

type AddedDecisions = Exclude<keyof DataDecisions, 'roles'>;
export type StoredDataset = Stored<DatasetRecord, AddedDecisions | 'factors'>;
export type StoredShape = Stored<ShapeRecord, AddedDecisions | 'overrides'>;
export type StoredProject = Omit<ProjectRecord, 'settings' | 'id'> & {
  /** `current`, or that of a tab. */
  readonly id: string;
  readonly settings: unknown;
  /** When the tab last saved; absent in `current`. */
  readonly seenAt?: Instant;
};

/** What stands in the stores of one model. */
export interface StoredModel {
  readonly entry: ModelEntry;
  readonly content: { readonly result: unknown; readonly text: string };
  readonly scenario: unknown;
  readonly secondOpinion: unknown;
}

export interface StoredWork {
  readonly project: StoredProject | undefined;
  readonly dataset: StoredDataset | undefined;
  readonly model: StoredModel | null;
  readonly recovery: Recovery | null;
  readonly forecast: StoredDataset | undefined;
}

export const NO_PROJECT: ProjectRecord = { id: 'current', datasetId: null, modelId: null, settings: null };

/** Null for one of a later version: it is another build's. */
export function readStudy(study: StudyRecord | undefined): StudyRecord | null {
  return study?.version === 1 ? study : null;
}

export function readKeptWork({ project, dataset, model, forecast, recovery }: StoredWork): KeptWork {
  const problems: ReadProblem[] = [];
  return {
    recovery,
    settings: readSettings(project?.settings),
    dataset: dataset ? readDataset(dataset, problems) : null,
    model: model && readModel(model),
    forecast: forecast ? readForecast(forecast) : null,
    problems,
  };
}

function readForecast({ id, name, bytes, overrides }: StoredDataset): ForecastRecord {
  return { id, name, bytes, overrides };
}

/** The model opens whatever became of what belongs to it. */
export function readModel({ entry, content, scenario, secondOpinion }: StoredModel): KeptModel {
  const problems: ReadProblem[] = [];
  const { result, text } = content;
  return {
    model: {
      ...entry,
      result: result === null ? null : readOr(null, () => readTrainingResult(result), problems),
      text,
    },
    scenario: readScenario(scenario),
    secondOpinion: readSecondOpinion(secondOpinion),
    problems,
  };
}

/** Null, for the defaults, where nothing was set, or by a version whose settings mean nothing any more. */
function readSettings(stored: unknown): TrainingSettings | null {
  const asObject = typeof stored === 'object' ? stored : null;
  const parsed = v.safeParse(settingsSchema, asObject && { repeats: 1, ...asObject });
  return parsed.success ? parsed.output : null;
}

function readDataset(stored: StoredDataset, problems: ReadProblem[]): DatasetRecord {
  const { factors } = stored;
  // A later version's may mean something else: the outages open without it.
  const isKnown = factors?.version === 1;
  return { ...stored, factors: isKnown ? factors : null, ...readDecisions(stored, problems) };
}

/** A recipe that cannot be read is forgotten, and one proposed in its place. */
export function readShape(stored: StoredShape): ShapeRecord {
  return { overrides: {}, ...stored, ...readDecisions(stored, []) };
}

function readDecisions(
  { roles, recipe = null, ignoredFindings = [], unit = null }: Stored<DataDecisions, AddedDecisions>,
  problems: ReadProblem[],
): DataDecisions {
  const sound = recipe && readOr(null, () => parseRecipe(recipe), problems);
  return { roles, recipe: sound, ignoredFindings, unit };
}

const caseSchema = v.object({
  cells: v.array(v.nullable(v.union([v.number(), v.string()]))),
  origin: v.nullable(
    v.object({
      row: v.number(),
      actual: v.nullable(v.number()),
      announced: v.exactOptional(v.number()),
    }),
  ),
  isOwn: v.optional(v.boolean(), false),
  typed: v.exactOptional(v.array(v.number())),
});
const leverSchema = v.object({
  column: v.string(),
  min: v.exactOptional(v.number()),
  max: v.exactOptional(v.number()),
  step: v.exactOptional(v.number()),
  values: v.exactOptional(v.array(v.union([v.number(), v.string()]))),
  cost: v.exactOptional(v.number()),
  costPerTime: v.exactOptional(v.number()),
  switchCost: v.exactOptional(v.number()),
  frozen: v.exactOptional(v.boolean()),
  expected: v.exactOptional(v.picklist(leverDirections)),
});
const planSchema = v.object({
  levers: v.array(leverSchema),
  objective: v.picklist(planObjectives),
  timeCost: v.number(),
  costLevel: v.picklist(['p50', 'p80']),
  isTarget: v.boolean(),
  atMost: v.nullable(v.number()),
  end: v.exactOptional(v.number()),
  least: v.picklist(['change', 'cost']),
});
const namedSchema = v.object({
  id: v.string(),
  name: v.string(),
  cells: v.array(v.nullable(v.union([v.number(), v.string()]))),
});
const stepSchema = v.object({
  scenario: v.exactOptional(caseSchema),
  reference: v.exactOptional(caseSchema),
  targetDuration: v.exactOptional(v.nullable(v.number())),
  elapsed: v.exactOptional(v.nullable(v.number())),
  plan: v.exactOptional(v.nullable(planSchema)),
  named: v.exactOptional(v.array(namedSchema)),
});
const editsSchema = v.array(v.object({ before: stepSchema, after: stepSchema }));
const scenarioSchema = v.object({
  modelId: v.string(),
  scenario: caseSchema,
  reference: caseSchema,
  targetDuration: v.optional(v.nullable(v.number()), null),
  elapsed: v.exactOptional(v.number()),
  plan: v.exactOptional(planSchema),
  named: v.exactOptional(v.array(namedSchema)),
  log: v.exactOptional(v.object({ past: editsSchema, future: editsSchema })),
}) satisfies v.GenericSchema<unknown, ScenarioRecord>;

/** Null where there is none to be read: the typical case is as good a start. */
export function readScenario(stored: unknown): ScenarioRecord | null {
  const parsed = v.safeParse(scenarioSchema, stored);
  return parsed.success ? parsed.output : null;
}

function readOr<Value>(otherwise: Value, read: () => Value, problems: ReadProblem[]): Value {
  try {
    return read();
  } catch (thrown) {
    const { code, details } = toAppError(thrown);
    problems.push({ code, details });
    return otherwise;
  }
}
