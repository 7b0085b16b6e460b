import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MODEL_FILE_VERSION } from './model-file-schema.ts';
import { modelFileUpgrades } from './model-file-upgrades.ts';

interface Content {
  description: Record<string, unknown>;
  spec: Record<string, unknown>;
  state: unknown;
  encoder: unknown;
  reference: unknown;
}

function readContent(name: string): Content {
  const url = new URL(`./fixtures/model-v1-${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { content: Content }).content;
}

const exercised = new Set<number>();

function upgrade(to: number, content: unknown): Content {
  exercised.add(to);
  const step = modelFileUpgrades.find((each) => each.to === to)!;
  return step.up(content) as Content;
}

test('L1: the numbers run from 2 to the current version without a gap', () => {
  expect(modelFileUpgrades.map(({ to }) => to)).toEqual(
    Array.from({ length: MODEL_FILE_VERSION - 1 }, (_, i) => i + 2),
  );
});

describe('to version 2', () => {
  test('keys have their new names, numbers are as they were', () => {
    const before = readContent('blend');
    const after = upgrade(2, before);
    const trust = before.description['trust'] as Record<string, Record<string, unknown>>;
    const calibration = after.description['calibration'] as Record<string, Record<string, unknown>>;
    expect(after.description).not.toHaveProperty('trust');
    expect(after.description).not.toHaveProperty('followers');
    expect(after.description['dependents']).toEqual(before.description['followers']);
    expect(calibration['intervals']).toEqual(trust['intervals']);
    expect(calibration['background']?.['meanContributions']).toEqual(trust['background']?.['meanShares']);
    expect(calibration['background']).not.toHaveProperty('meanShares');
    expect(calibration['background']?.['members']).toHaveLength(2);
    expect(calibration['domain']?.['distance']).toEqual(trust['domain']?.['strangeness']);
    expect(calibration['domain']?.['validation']).toMatchObject({ farthestTenthRatio: 1.462628572191578 });
    for (const part of ['state', 'encoder', 'reference'] as const) expect(after[part]).toEqual(before[part]);
  });

  test('each family keeps the settings it uses, and no other', () => {
    const settingsOf = (name: string) => upgrade(2, readContent(name)).spec['settings'];
    const { hyperparameters } = readContent('linear-log').spec;
    expect(settingsOf('linear-log')).toEqual({ family: 'ridge', hyperparameters: { strength: null } });
    expect(settingsOf('gradient-boosting-linear-init-log')).toEqual({
      family: 'gradient-boosting',
      init: 'linear',
      hyperparameters,
    });
    expect(settingsOf('quantile-forest')).toMatchObject({
      family: 'forest',
      hyperparameters: { minSamplesLeaf: 3, maxBins: 64 },
    });
    expect(settingsOf('median-per-unit')).toEqual({ family: 'median-per-class', classFeature: 'Tranche' });
    expect(settingsOf('neural-log')).toEqual({ family: 'neural' });
  });

  test('what only an outage’s beginning tells is told by the names of the inputs', () => {
    const before = readContent('blend');
    const inputs = [{ name: 'Effectif' }, { name: 'Charge avant arrêt' }, { name: 'Puissance nominale' }];
    const after = upgrade(2, { ...before, description: { ...before.description, inputs } });
    expect(after.description['knownAtStart']).toEqual(['Charge avant arrêt']);
  });

  test('what was no content of version 1 is refused, not guessed at', () => {
    for (const content of [null, [], {}, { ...readContent('blend'), spec: { name: 'other' } }]) {
      expect(() => upgrade(2, content)).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
    }
  });
});

test.each(modelFileUpgrades.map(({ to }) => to))('L2: the step to %i leaves its input alone', (to) => {
  const content = readContent('blend');
  const copy = structuredClone(content);
  modelFileUpgrades.find((each) => each.to === to)!.up(content);
  expect(content).toEqual(copy);
});

describe('to version 3', () => {
  test('each class answers for itself, as before, by whole ranks', () => {
    const before = upgrade(2, readContent('quantile-forest'));
    const after = upgrade(3, before);
    const intervalsOf = ({ description }: Content) =>
      (description['calibration'] as { intervals: { classes: { label: string }[] } }).intervals;
    const { classes, ...rest } = intervalsOf(before);
    expect(intervalsOf(after)).toEqual({
      ...rest,
      alike: null,
      classes: classes.map((each) => ({ ...each, answer: 'own' })),
      rule: 'whole-ranks',
    });
    expect(classes.length).toBeGreaterThan(0);
  });

  test('a model without levels stays without', () => {
    const before = { description: { calibration: { intervals: null } } };
    expect(upgrade(3, before)).toEqual(before);
    expect(upgrade(3, { description: {} })).toEqual({ description: {} });
  });
});

describe('to version 4', () => {
  test('a file of before has no answers to be asked again, and nothing else changes', () => {
    const before = upgrade(3, upgrade(2, readContent('quantile-forest')));
    expect(upgrade(4, before)).toEqual({ ...before, answers: [] });
  });
});

// The last: a step that no test above has called is a step nobody knows to work.
test('no step is untested', () => {
  expect([...exercised].sort((a, b) => a - b)).toEqual(modelFileUpgrades.map(({ to }) => to));
});
