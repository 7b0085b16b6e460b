import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import type { EvaluateFolds, Study } from './contract.ts';
import { rankHyperparameters } from './hyperparameter-importance.ts';
import { createLogReader } from './logged-trials.ts';
import { traceMarginals } from './marginal-curves.ts';
import type { Method } from './proposer.ts';
import { runStudy } from './run-study.ts';
import { measureEqualTrials } from './testing/equal-trials.ts';
import type { Configuration, SearchSpace } from './search-space.ts';
import { createMemoryLog, readTrialEvent, type TrialEvent } from './trial-log.ts';

const space: SearchSpace = {
  dimensions: ['x', 'y'].map((name) => ({
    kind: 'number',
    name,
    min: 0,
    max: 1,
    step: 0.01,
    scale: 'linear',
  })),
};
const N = 200;
const folds = (shift: number) =>
  Array.from({ length: 5 }, (_, fold) =>
    Int32Array.from({ length: N / 5 }, (__, i) => (5 * i + fold + shift * Math.floor(i / 7)) % N).sort(),
  );

function createStudy(method: Method, changes: Partial<Study> = {}): Study {
  const second = Array.from({ length: 5 }, (_, fold) =>
    Int32Array.from({ length: N / 5 }, (__, i) => fold * (N / 5) + i),
  );
  return {
    space,
    method,
    seed: 1,
    starts: [{ x: 0.5, y: 0.5 }],
    folds: { nRows: N, testRows: [folds(0), second] },
    nTrials: 20,
    data: 'planted',
    ...changes,
  };
}

/** Errors of a row: those of its own, made worse by how far the settings are from the best, and noise of row and settings. */
function plant(study: Study, worse: (configuration: Configuration) => number, noise = 1) {
  let nDone = 0;
  const evaluate: EvaluateFolds = (requests) => {
    nDone += requests.length;
    return Promise.resolve(
      requests.map(({ configuration, repetition, fold }) => {
        const rows = study.folds.testRows[repetition]?.[fold] ?? new Int32Array(0);
        const rng = createRng(
          Math.round(1e4 * (Number(configuration['x']) + 7 * Number(configuration['y']))) +
            31 * repetition +
            fold,
        );
        return Float64Array.from(rows, (row) =>
          Math.abs(5 + Math.sin(row) * 3 + worse(configuration) + noise * rng.nextNormal()),
        );
      }),
    );
  };
  return { evaluate, count: () => nDone };
}

const context = createSilentContext(() => 0);
const bowl = ({ x, y }: Configuration) => 8 * ((Number(x) - 0.2) ** 2 + (Number(y) - 0.8) ** 2);

describe('a study', () => {
  it.each(['random', 'bayes'] as const)(
    '%s finds settings that are truly better, and says by how much',
    async (method) => {
      const study = createStudy(method, { nTrials: 30 });
      const { chosen, trials, best, gain, corrected } = await runStudy(
        study,
        plant(study, bowl).evaluate,
        createMemoryLog(),
        context,
      );
      expect(chosen).toBe('tuned');
      const winner = trials.find(({ number }) => number === best);
      expect(bowl(winner?.configuration ?? {})).toBeLessThan(0.6);
      expect(gain.value).toBeGreaterThan(0.7);
      expect(corrected.probabilityDefaultAsGood).toBeLessThan(0.05);
      // What loses a race is not finished.
      expect(trials.some(({ state, foldMae }) => state === 'dropped' && foldMae.length < 5)).toBe(true);
    },
  );

  it('keeps the default where all settings are alike', async () => {
    let nKept = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const study = createStudy('random', { seed });
      const { chosen } = await runStudy(study, plant(study, () => 0, 2).evaluate, createMemoryLog(), context);
      if (chosen === 'default') nKept++;
    }
    expect(nKept).toBeGreaterThanOrEqual(9);
  });

  it('L1: goes on from any event of its log as if it had not been interrupted, and does nothing twice', async () => {
    const study = createStudy('bayes', { nTrials: 14 });
    const events: TrialEvent[] = [];
    const whole = plant(study, bowl);
    const expected = await runStudy(study, whole.evaluate, createMemoryLog(events), context);
    for (let kept = 0; kept <= events.length; kept += 7) {
      const again = events.slice(0, kept).map((event) => readTrialEvent(JSON.stringify(event)) as TrialEvent);
      const rest = plant(study, bowl);
      expect(await runStudy(study, rest.evaluate, createMemoryLog(again), context)).toEqual(expected);
      expect(again).toEqual(events);
      expect(rest.count()).toBe(whole.count() - Math.max(0, kept - 1));
    }
  });

  it('can be told from its log alone', async () => {
    const study = createStudy('bayes', {
      nTrials: 16,
      starts: [
        { x: 0.5, y: 0.5 },
        { x: 0.9, y: 0.1 },
      ],
    });
    const events: TrialEvent[] = [];
    const { trials } = await runStudy(study, plant(study, bowl).evaluate, createMemoryLog(events), context);
    const reader = createLogReader();
    expect(reader.read()).toBeNull();
    for (const event of events) reader.add(event);
    const told = reader.read();
    expect(told).toMatchObject({ space, nFolds: 5 });
    expect(told?.trials).toHaveLength(trials.length);
    for (const [i, { number, configuration, isStart, foldMae, mae, secondMae }] of trials.entries()) {
      const own = told?.trials[i];
      expect(own).toMatchObject({ number, configuration, isStart });
      expect(own?.foldMae).toHaveLength(foldMae.length);
      expect(own?.mae).toBeCloseTo(mae, 9);
      expect(own?.secondMae ?? -1).toBeCloseTo(secondMae ?? -1, 9);
    }
  });

  it('refuses the log of another study, a space without anything, a budget of none', async () => {
    const study = createStudy('random');
    const events: TrialEvent[] = [];
    const { evaluate } = plant(study, bowl);
    await runStudy(study, evaluate, createMemoryLog(events), context);
    const refused = { code: 'invalid-setting' };
    await expect(
      runStudy({ ...study, seed: 2 }, evaluate, createMemoryLog(events), context),
    ).rejects.toMatchObject({ code: 'other-study' });
    await expect(
      runStudy({ ...study, nTrials: 0 }, evaluate, createMemoryLog(), context),
    ).rejects.toMatchObject(refused);
    await expect(
      runStudy({ ...study, starts: [] }, evaluate, createMemoryLog(), context),
    ).rejects.toMatchObject(refused);
  });

  it('stopped, keeps what it has', async () => {
    const study = createStudy('random', { nTrials: 100 });
    const stop = { aborted: false };
    const { evaluate } = plant(study, bowl);
    let nCalls = 0;
    const slow: EvaluateFolds = async (requests) => {
      if (++nCalls > 12) stop.aborted = true;
      return stop.aborted ? requests.map(() => null) : evaluate(requests);
    };
    const { stopReason, trials } = await runStudy(study, slow, createMemoryLog(), { ...context, stop });
    expect(stopReason).toBe('stopped');
    expect(trials.length).toBeGreaterThan(1);
  });
});

it('the corrected error is that of choosing among equals, where the best one flatters itself', () => {
  const found = Array.from({ length: 4 }, (_, world) => measureEqualTrials(300, 60, world));
  expect(mean(found.map(({ best }) => best))).toBeGreaterThan(0.03);
  expect(Math.abs(mean(found.map(({ corrected }) => corrected)))).toBeLessThan(0.02);
});

it('says which setting mattered, and nothing of few trials', () => {
  const rng = createRng(4);
  const trials = Array.from({ length: 60 }, () => {
    const configuration = { x: rng.nextFloat(), y: rng.nextFloat() };
    return { configuration, mae: 5 + configuration.x ** 2 + 0.02 * rng.nextNormal() };
  });
  const ranked = rankHyperparameters(space, trials, 1);
  expect(ranked?.[0]?.name).toBe('x');
  expect(ranked?.[0]?.share).toBeGreaterThan(0.7);
  expect(rankHyperparameters(space, trials.slice(0, 29), 1)).toBeNull();
});

it('draws what is expected over one setting as it was planted, of a conditional one where it applies', () => {
  const rng = createRng(4);
  const conditional: SearchSpace = {
    dimensions: [
      { kind: 'list', name: 'kind', values: ['a', 'b'] },
      {
        kind: 'number',
        name: 'z',
        min: 0,
        max: 1,
        step: 0.01,
        scale: 'linear',
        when: { name: 'kind', value: 'b' },
      },
    ],
  };
  const trials = Array.from({ length: 120 }, (_, i) => {
    const z = rng.nextFloat();
    const configuration = i % 2 === 0 ? { kind: 'a' } : { kind: 'b', z };
    return { configuration, mae: i % 2 === 0 ? 9 : 5 + 4 * (z - 0.25) ** 2 };
  });
  const curves = traceMarginals(conditional, trials, 1);
  const [a, b] = curves.get('kind') ?? [];
  expect(a?.mae).toBeCloseTo(9, 0);
  expect(b?.mae).toBeLessThan(6.5);
  const z = curves.get('z') ?? [];
  const least = z.reduce((best, each) => (each.mae < best.mae ? each : best));
  expect(least.value).toBeCloseTo(0.25, 0.5);
  expect(z.at(-1)?.mae).toBeGreaterThan(least.mae + 1);
});
