import type { Upgrade } from '#base/upgrades.ts';

/** A part of a kept result before it is checked: whatever stands there. */
export type JsonValue = unknown;
export type JsonObject = Readonly<Record<string, JsonValue>>;

export const resultUpgrades: readonly Upgrade<JsonObject>[] = [
  {
    to: 2,
    change:
      'A version number. What grew while there was none (details of the scores, gaps to the best, intervals of the ' +
      'test outages, cleaning, repeats) always stands. A model has an id beside its name, a training its horizon. Of the form’s features, which the model’s file has, the names stay.',
    up: ({ features, ...result }) => ({
      bestErrors: null,
      againstAnnounced: null,
      cleaning: [],
      ...result,
      version: 2,
      horizon: { kind: 'start' },
      knownLater: [],
      pastFeatures: [],
      inputs: mapList(features, ({ name }) => name),
      settings: mapObject(result['settings'], (settings) => ({ repeats: 1, ...settings })),
      models: mapList(result['models'], (score) => ({
        id: score['name'],
        details: null,
        toBest: null,
        ...score,
      })),
      choice: mapObject(result['choice'], (choice) => ({
        ...choice,
        chosenId: choice['chosen'],
        bestId: choice['best'],
      })),
      test: mapObject(result['test'], (test) => ({ intervals: null, ...test })),
    }),
  },
];

/** What is no object stays as it is: the schema says afterwards what is wrong with it. */
function mapObject(value: JsonValue, change: (object: JsonObject) => JsonValue): JsonValue {
  return typeof value === 'object' && value !== null ? change(value as JsonObject) : value;
}

function mapList(value: JsonValue, change: (object: JsonObject) => JsonValue): JsonValue {
  return Array.isArray(value) ? value.map((item: unknown) => mapObject(item, change)) : value;
}
