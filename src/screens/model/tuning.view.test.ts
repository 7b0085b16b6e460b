import { expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import type { LoggedStudy } from '#tuning/logged-trials.ts';
import {
  families,
  findDiffering,
  listSearchable,
  readForm,
  sortTrials,
  tabulateTrials,
  type SearchForm,
  untouchedForm,
  viewHistory,
  viewParallel,
} from './tuning.view.ts';
import { createGrid, createSettingsSpace, narrowSpace, referenceGrid } from '#tuning/settings-space.ts';
import { countConfigurations } from '#tuning/search-space.ts';
import { methods } from '#tuning/proposer.ts';

const words = wordsIn('fr');

function ask(changes: Partial<SearchForm>) {
  const form = { ...untouchedForm, ...changes };
  return readForm(form, listSearchable(form, null, 0.2));
}

it('asks for spaces that can be searched, whatever the method and the family', () => {
  const whole = createSettingsSpace({ isFew: false, isLogScaleOffered: true });
  for (const method of methods) {
    for (const family of families) {
      for (const ranges of [new Map(), new Map([['columnSubsample', { min: 0.5, max: null }]])]) {
        const { space, preset } = ask({ method, family, ranges });
        const named = new Map(Object.entries(space ?? {}));
        const searched =
          preset === 'reference'
            ? referenceGrid
            : method === 'grid'
              ? createGrid(whole, named)
              : narrowSpace(whole, named);
        expect(countConfigurations(searched)).toBeGreaterThan(1);
      }
    }
  }
});

it('leaves what nobody touched to the search, and says what was', () => {
  expect(ask({})).toEqual({ method: 'bayes', preset: null, space: null, nTrials: 60, minutes: null });
  expect(ask({ method: 'grid', nTrials: null })).toMatchObject({
    preset: 'reference',
    nTrials: Number.MAX_SAFE_INTEGER,
  });
  const ranges = new Map([
    ['learningRate', { min: null, max: 0.2 }],
    ['l2Regularization', { min: null, max: null }],
  ]);
  expect(ask({ ranges, values: new Map([['init', ['mean']]]) }).space).toEqual({
    learningRate: { max: 0.2 },
    init: ['mean'],
  });
  // What a family has not is not asked of it.
  expect(ask({ family: 'quantile-forest', ranges }).space).toEqual({ model: ['quantile-forest'] });
});

const study: LoggedStudy = {
  space: {
    dimensions: [
      { kind: 'list', name: 'model', values: ['gradient-boosting', 'quantile-forest'] },
      {
        kind: 'number',
        name: 'learningRate',
        min: 0.01,
        max: 0.3,
        step: 0.01,
        scale: 'log',
        when: { name: 'model', value: 'gradient-boosting' },
      },
      { kind: 'number', name: 'subsample', min: 0.5, max: 1, step: 0.1, scale: 'linear' },
    ],
  },
  nFolds: 2,
  trials: [10, 9, 900, 8, 12, 9.5, 9.6, 9.7, 9.8, 9.9, 10.1, 10.2].map((mae, number) => ({
    number,
    configuration:
      number === 1
        ? { model: 'quantile-forest', subsample: 1 }
        : { model: 'gradient-boosting', learningRate: 0.1 + number / 100, subsample: 1 },
    isStart: number < 2,
    foldMae: number === 4 ? [12] : [mae, mae],
    mae,
    secondMae: number === 3 ? 8.4 : null,
  })),
};

it('draws trials as they came, the best so far, and what stands at the end of the axis', () => {
  const view = viewHistory(study, { result: null });
  expect(view?.default).toBe(9);
  expect(view?.best.map(({ y }) => y).slice(0, 4)).toEqual([10, 9, 9, 8]);
  expect(view?.dropped.map(({ x }) => x)).toEqual([5]);
  expect(view?.nBeyond).toBeGreaterThanOrEqual(1);
  expect(Math.max(...(view?.complete ?? []).map(({ y }) => y))).toBe(view?.y.domain[1]);
  expect(viewHistory({ ...study, trials: [] }, { result: null })).toBeNull();
});

it('draws a line a complete trial over the settings that differ, the best on top', () => {
  const { axes, lines, trials } = viewParallel(study, words, 'MAE');
  // All have the same share of outages.
  expect(axes.map(({ label }) => label)).toEqual(['Modèle', 'Pas d’apprentissage', 'MAE']);
  expect(lines).toHaveLength(11);
  expect(trials.at(-1)?.mae).toBe(8);
  expect(lines.at(-1)).toMatchObject({ isGood: true });
  expect(lines.filter(({ isGood }) => isGood)).toHaveLength(1);
  const ofForest = lines[trials.findIndex(({ number }) => number === 1)];
  expect(ofForest?.shares[1]).toBeNaN();
});

it('says again of no trial what all have in common', () => {
  const pick = findDiffering(study.trials);
  expect(pick({ model: 'quantile-forest', subsample: 1 })).toEqual({ model: 'quantile-forest' });
});

it('sorts trials either way, those without a second judgement last, and gives a file a column a setting', () => {
  expect(sortTrials(study.trials, 'mae', false)[0]?.mae).toBe(8);
  expect(sortTrials(study.trials, 'mae', true)[0]?.mae).toBe(900);
  for (const isDescending of [true, false]) {
    expect(sortTrials(study.trials, 'second', isDescending)[0]?.number).toBe(3);
  }
  const { headers, rows } = tabulateTrials(study, study.trials, 'day', words);
  expect(headers).toContain('Pas d’apprentissage');
  expect(rows[1]).toEqual([2, 9, '', '2 / 2', 'Forêt', '', 1]);
});
