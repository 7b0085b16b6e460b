import { expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import type { NumberFormFeature } from '#inference/contract.ts';
import { readScenario } from '#registry/read-records.ts';
import type { ScenarioBook } from '#registry/records.ts';
import {
  carryNamed,
  carryPlan,
  findFreeName,
  logStep,
  moveNamed,
  MOST_STEPS,
  noSteps,
  takeBack,
  toRecord,
} from './scenario-book.ts';
import { checkHistory } from './testing/fuzz-history.ts';

const kase = { cells: [1, 'a'], origin: null, isOwn: false, typed: [] };
const book: ScenarioBook = {
  scenario: kase,
  reference: kase,
  targetDuration: null,
  elapsed: null,
  plan: null,
  named: [],
};
const at = (targetDuration: number): ScenarioBook => ({ ...book, targetDuration });

it('takes 60 fuzzed histories back to their first state and again to their last, with reloads anywhere', () => {
  const wrong = Array.from({ length: 60 }, (_, index) => checkHistory(3, index));
  expect(wrong.filter((why) => why !== null)).toEqual([]);
});

it('makes one step of keys pressed one after the other, and keeps what stood there before them', () => {
  const first = logStep(noSteps, book, at(2));
  const typed = logStep(first, at(2), at(25), true);
  expect(typed.past).toHaveLength(1);
  expect(takeBack(typed)?.changes).toEqual({ targetDuration: null });
  expect(logStep(typed, at(25), at(25))).toBe(typed);
});

it('keeps the last steps only, and forgets those taken back once something else is done', () => {
  let log = noSteps;
  for (let i = 0; i < MOST_STEPS + 20; i++) log = logStep(log, at(i), at(i + 1));
  expect(log.past).toHaveLength(MOST_STEPS);
  const back = takeBack(log)?.log ?? log;
  expect(back.future).toHaveLength(1);
  expect(logStep(back, at(1), at(2)).future).toEqual([]);
});

it('writes no key that older records do not have where nothing was named or done', () => {
  const record = toRecord('m', book, noSteps);
  expect(Object.keys(record)).toEqual(['modelId', 'scenario', 'reference', 'targetDuration']);
  expect(readScenario(structuredClone(record))).toEqual(record);
});

it('numbers a name that is taken, and moves no scenario past the ends', () => {
  const named = ['A', 'B', 'A (2)'].map((name) => ({ id: name, name, cells: [] }));
  expect(findFreeName(named, 'A')).toBe('A (3)');
  expect(moveNamed(named, 'A', -1)).toBe(named);
  expect(moveNamed(named, 'A', 1).map(({ id }) => id)).toEqual(['B', 'A', 'A (2)']);
});

it('carries scenarios and levers to a model of other columns by their names', () => {
  const feature = (name: string): NumberFormFeature => ({
    type: 'number',
    name,
    role: 'lever',
    typical: 1,
    min: 0,
    p5: 0,
    median: 1,
    p95: 2,
    max: 2,
    isInteger: true,
  });
  const named = [{ id: '1', name: 'A', cells: [createRng(1).nextBelow(9), 7] }];
  const [a, b, c] = ['a', 'b', 'c'].map(feature) as [NumberFormFeature, NumberFormFeature, NumberFormFeature];
  expect(carryNamed(named, [a, b], [c, b])[0]?.cells).toEqual([null, 7]);
  expect(carryNamed(named, [a, b], [c])).toEqual([]);
  const plan = {
    levers: [{ column: 'a' }, { column: 'b' }],
    objective: 'p80',
    timeCost: 0,
    costLevel: 'p50',
    isTarget: false,
    atMost: null,
    least: 'change',
  } as const;
  expect(carryPlan(plan, [b, c])?.levers).toEqual([{ column: 'b' }]);
  expect(carryPlan(plan, [c])).toBeNull();
});
