import { describe, expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import type { ModelScore, TestPredictions, TrainingResult } from '#training/contract.ts';
import {
  tellChoice,
  tellDataCurve,
  tellError,
  tellLeader,
  tellLearningCurve,
  tellScale,
  tellSkill,
  tellVerdict,
  tellWarnings,
} from './model-sentences.ts';

const words = wordsIn('fr');
const target = { name: 'Durée', unit: 'day' } as const;

const test: TestPredictions = {
  rows: [4, 9, 2, 7],
  actual: [10, 20, 30, 5],
  predicted: [12, 16, 30, 5],
  classes: { column: 'Type', labels: ['préventive', 'corrective'], codes: [0, 1, 0, -1] },
  starts: null,
  intervals: null,
};

function score(name: ModelScore['name'], mae: number): ModelScore {
  const scores = { mae, rmse: mae * 1.3, r2: 0.5 };
  return {
    id: name,
    name,
    scale: 'identity',
    isReference: name === 'median',
    cv: { ...scores, sd: 0.1 },
    test: scores,
    details: null,
    toBest: null,
  };
}

function result(mae: number, median: number, predictions = test): TrainingResult {
  return {
    target: { name: 'Durée (jours)', unit: 'day' },
    rows: { read: 20, kept: 20, rejected: 0, setAside: 0, train: 16, test: 4 },
    settings: { split: { kind: 'time', testShare: 0.2 } },
    basis: { split: 'dated', horizon: 'near' },
    againstMedian: null,
    chosen: 'gradient-boosting',
    models: [score('gradient-boosting', mae), score('median', median)],
    test: predictions,
  } as unknown as TrainingResult;
}

describe('the verdict', () => {
  it('says how much better than the median, and on which outages', () => {
    const verdict = tellVerdict(result(1.5, 6), words);
    expect(verdict.sentence).toContain(`${words.format.percent(0.75)} d’erreur en moins`);
    expect(verdict.split).toContain('les plus récents');
  });

  it('does not call a hair’s breadth better, and says when it is worse', () => {
    expect(tellVerdict(result(5.95, 6), words).sentence).toContain('à peine moins');
    expect(tellVerdict(result(7, 6), words).sentence).toContain('mieux vaut ne pas s’y fier');
  });

  it('claims no gain or loss that so few outages leave to chance', () => {
    const judged = (low: number, high: number) => {
      const againstMedian = { value: 2, low, high, nSamples: 4 };
      return tellVerdict({ ...result(4, 6), againstMedian }, words).sentence;
    };
    expect(judged(-1, 5)).toContain('que le hasard explique');
    expect(judged(-1, 5)).not.toContain('d’erreur en moins');
    expect(judged(0.5, 3)).toContain('d’erreur en moins');
    const unsure = { ...result(8, 6), againstMedian: { value: -2, low: -5, high: 1, nSamples: 4 } };
    expect(tellError(unsure, words).gain).toContain('que le hasard explique');
  });

  it('says which way it leans only where that is worth saying', () => {
    const late = { ...test, actual: [20, 30, 40, 10] };
    expect(tellVerdict(result(5, 9, late), words).bias).toContain('de plus que prédit');
    const few = { ...test, actual: [90, ...test.predicted.slice(1).map((duration) => duration - 0.1)] };
    expect(tellVerdict(result(5, 9, few), words).bias).toMatch(/mais 25\s%/u);
    const early = { ...test, actual: [2, 6, 20, 1] };
    expect(tellVerdict(result(5, 9, early), words).bias).toContain('de moins que prédit');
    expect(tellVerdict(result(6, 9), words).bias).toContain('Il ne penche');
  });
});

describe('the error', () => {
  it('is compared with always announcing the median', () => {
    const { mae, median, gain } = tellError(result(24, 30), words);
    expect(mae).toMatch(/^24\sjours$/u);
    expect(median).toMatch(/^30\sjours$/u);
    expect(gain).toMatch(/^20\s% d’erreur en moins/u);
    expect(tellError(result(33, 30), words).gain).toMatch(/^10\s% d’erreur en plus/u);
  });
});

describe('the choice', () => {
  const chosen = {
    settings: { scale: 'auto' },
    chosen: 'gradient-boosting-log',
    scale: 'log1p',
    choice: { reason: 'lowest-error', best: 'gradient-boosting-log' },
    warnings: [],
  };
  const trained = (changes: object) => ({ ...chosen, ...changes }) as unknown as TrainingResult;

  it('says why this model, naming the best where a plainer one was taken', () => {
    const choice = { reason: 'simplest-within-one-standard-error', best: 'gradient-boosting-log' };
    expect(tellChoice(trained({ choice }), words)).toContain('Arbres boostés sur log');
    expect(tellChoice(trained({}), words)).toContain('la plus basse');
  });

  it('says what was compared, and how many others may be as good', () => {
    const models = ['gradient-boosting-log', 'linear', 'median', 'announced'].map((name, i) => ({
      ...score(name as ModelScore['name'], 5 + i),
      toBest: i === 0 ? null : { value: i, low: i - 1.5, high: i + 2, nSamples: 24 },
    }));
    const choice = { ...chosen.choice, chosenId: 'gradient-boosting-log' };
    const settings = { ...chosen.settings, split: { kind: 'time', testShare: 0.2 } };
    const bestErrors = Array.from({ length: 300 }, (_, i) => (i < 60 ? NaN : 4));
    const rows = { kept: 300 };
    const told = tellChoice(trained({ models, choice, settings, bestErrors, rows }), words);
    expect(told).toContain('3 modèles, sur 240 arrêts prédits à partir des précédents');
    expect(told).toContain('L’écart avec 1 autre peut être dû au hasard');
  });

  it('says who chose the scale, and when there was no choice', () => {
    expect(tellScale(trained({}), words)).toContain('la validation croisée');
    expect(tellScale(trained({ settings: { scale: 'log1p' } }), words)).toContain(
      'comme vous l’avez demandé',
    );
    const warnings = [{ code: 'log-scale-not-possible', details: {} }];
    const only = trained({ scale: 'identity', warnings });
    expect(tellScale(only, words)).toContain('n’était pas possible');
    expect(tellWarnings(only, words)).toEqual([]);
  });
});

describe('the skill against the announced duration', () => {
  const skill = (value: number, low: number, high: number) =>
    tellSkill({ target, againstAnnounced: { value, low, high, nSamples: 214 } }, words) ?? '';

  it('is claimed only where its interval leaves out zero', () => {
    expect(skill(6.2, 4.1, 8.3)).toContain(
      `${words.format.duration(6.2, 'day')} plus juste que l’annonce (n = 214`,
    );
    expect(skill(-2, -3, -1)).toContain('moins juste que l’annonce');
    expect(skill(0.7, -0.7, 2.2)).toContain('ni plus ni moins juste');
    expect(tellSkill({ target, againstAnnounced: null }, words)).toBeNull();
  });
});

describe('the learning curve', () => {
  const course = (validation: readonly number[], bestIteration: number) =>
    tellLearningCurve(
      'gradient-boosting',
      { model: 'gradient-boosting', train: validation, validation, bestIteration },
      words,
    );

  it('says whether the error still falls, has settled, or rises again', () => {
    const falling = Array.from({ length: 50 }, (_, i) => 50 - i);
    expect(course(falling, 50)).toContain('descend encore');
    expect(course([9, 6, 5, 5, 5, 5, 5, 5, 5, 5], 10)).toContain('se stabilise');
    expect(course([9, 6, 5, 6, 7], 3)).toContain('remonte après l’arbre 3');
  });

  it('says when it is of another model than the retained one', () => {
    const curve = {
      model: 'gradient-boosting',
      train: [2, 1],
      validation: [2, 1],
      bestIteration: 2,
    } as const;
    expect(tellLearningCurve('linear', curve, words)).toContain('pas le modèle retenu');
    expect(tellLearningCurve('gradient-boosting', curve, words)).not.toContain('pas le modèle retenu');
  });
});

describe('the verdict on more outages', () => {
  const curve = (...maes: number[]) => ({
    nTest: 50,
    points: maes.map((mae, i) => ({ nOutages: 100 * 2 ** i, mae, medianMae: 20 })),
  });

  it('says whether the last doubling still helped', () => {
    expect(tellDataCurve(curve(14, 12, 10), 'day', words)).toMatch(/^Oui\s: de 200 à 400/u);
    expect(tellDataCurve(curve(14, 12, 11.9), 'day', words)).toMatch(/^Guère/u);
    expect(tellDataCurve(curve(14), 'day', words)).toMatch(/^Trop peu/u);
  });
});

describe('a choice on few outages', () => {
  const choice = {
    reason: 'weighted-on-few',
    best: 'linear-log',
    isGuarded: true,
    members: [
      { name: 'median-per-class', weight: 0.56 },
      { name: 'linear-log', weight: 0.44 },
    ],
  } as const;
  const bestErrors = Array.from({ length: 30 }, () => 5);
  const few = { ...result(5, 6), choice, bestErrors } as unknown as TrainingResult;

  it('says what was averaged, that half was left to the rule of thumb, and how surely the error is known', () => {
    const text = tellChoice(few, words);
    expect(text).toContain(`Médiane par classe ${words.format.percent(0.56)}`);
    expect(text).toContain('la moitié du poids');
    expect(text).toContain(`Sur 30 arrêts, cette erreur n’est connue qu’à ${words.format.percent(0.2)} près`);
  });

  it('names the one that has all the weight', () => {
    const one = { ...choice, isGuarded: false, members: [{ name: 'plan-per-class', weight: 1 }] };
    const text = tellChoice({ ...few, choice: one } as unknown as TrainingResult, words);
    expect(text).toContain('Durée annoncée × dépassement de la classe');
    expect(text).not.toContain('la moitié');
  });
});

it('says who leads a comparison under way once there is something to say', () => {
  const leading = { leader: 'quantile-forest', score: 21.5, nCompared: 326 };
  expect(tellLeader(leading, 'day', words)).toMatch(
    /^En tête.*«\sForêt de quantiles\s».* 21,5\sjours .*\b326\sarrêts/u,
  );
  expect(tellLeader({}, 'day', words)).toBeNull();
  expect(tellLeader({ ...leading, leader: 'unheard-of' }, 'day', words)).toBeNull();
});
