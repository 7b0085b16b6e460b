/** A part of a kept result before it is checked: whatever stands there. */
export type JsonValue = unknown;
export type JsonObject = Readonly<Record<string, JsonValue>>;

/**
 * Brings a result of version `to − 1` to version `to`. Laws, each borne by a test: the numbers run from 2 to the current
 * one without a gap; `up` leaves its input alone; some fixture exercises each.
 */
export interface ResultUpgrade {
  readonly to: number;
  /** What changed, for whoever reads this list as a changelog. */
  readonly change: string;
  readonly up: (result: JsonObject) => JsonObject;
}

/** In order; none is ever removed or changed. */
export const resultUpgrades: readonly ResultUpgrade[] = [
  {
    to: 2,
    change:
      'A version number. What grew while there was none (details of the scores, gaps to the best, intervals of the ' +
      'test outages, cleaning, repeats) always stands. Of the form’s features, which the model’s file has, the names stay.',
    up: ({ features, ...result }) => ({
      bestErrors: null,
      againstAnnounced: null,
      cleaning: [],
      ...result,
      version: 2,
      inputs: toList(features).map(({ name }) => name),
      settings: { repeats: 1, ...toObject(result['settings']) },
      models: toList(result['models']).map((score) => ({ details: null, toBest: null, ...score })),
      test: { intervals: null, ...toObject(result['test']) },
    }),
  },
];

/** Through all upgraders after its version. */
export function upgradeResult(result: JsonObject, version: number): JsonObject {
  return resultUpgrades.filter(({ to }) => to > version).reduce((before, { up }) => up(before), result);
}

/** What is no object or no list holds nothing: the schema says afterwards what is missing. */
function toObject(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function toList(value: JsonValue): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(toObject) : [];
}
