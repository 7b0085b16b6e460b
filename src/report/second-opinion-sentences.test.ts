import { describe, expect, it } from 'vitest';
import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type { ModelScore } from '#training/contract.ts';
import { wordsIn } from '#language/words.ts';
import { describeSecondOpinion, writeSpread } from './second-opinion-sentences.ts';

function score(name: ModelScore['name'], mae: number): ModelScore {
  const scores = { mae, rmse: 2 * mae, r2: 0.5 };
  const cv = { ...scores, sd: 1 };
  return {
    id: name,
    name,
    scale: 'log1p',
    isReference: false,
    cv,
    test: scores,
    details: null,
    toBest: null,
  };
}

const result = {
  models: [score('quantile-forest', 20)],
  chosen: 'quantile-forest',
  target: { name: 'Durée', unit: 'day' },
} as const;

function secondOpinion(mae: number, nDisputed: number): SecondOpinion {
  return {
    score: score('neural-log', mae),
    nTest: 200,
    theirs: { coverage: 0.77, meanWidth: 90 },
    band: [0.745, 0.855],
    disagreement: {
      n: 200,
      nDisputed,
      ours: { coverage: 0.82, meanWidth: 70 },
      errorDisputed: 31,
      errorAgreed: 17,
      furthest: [],
    },
    isStopped: false,
  };
}

describe('what is said of the second opinion', () => {
  it('is one sentence each on accuracy, range and disagreement', () => {
    const words = wordsIn('fr');
    const [accuracy, interval, disagreement] = describeSecondOpinion(secondOpinion(28.6, 30), result, words);
    expect(accuracy).toMatch(/^Moins juste.*28,6.*20/u);
    expect(interval).toMatch(/77.*200 arrêts.*82/u);
    expect(disagreement).toMatch(/15.*30 sur 200.*31.*17/u);
    expect(describeSecondOpinion(secondOpinion(18, 0), result, words)[0]).toMatch(/^Plus juste/u);
    expect(describeSecondOpinion(secondOpinion(18, 0), result, words)[2]).toContain('aucun des 200');
    expect(describeSecondOpinion(secondOpinion(18, 200), result, words)[2]).not.toContain('–');
  });

  it('leaves out what a model without intervals cannot be compared by', () => {
    const said = describeSecondOpinion(
      { ...secondOpinion(18, 0), disagreement: null },
      result,
      wordsIn('en'),
    );
    expect(said).toHaveLength(2);
    expect(said[1]).toContain('77%');
  });

  it('writes a range by its ends', () => {
    expect(writeSpread({ p10: 1.5, p50: 4.75, p90: 30 }, wordsIn('fr'))).toBe('4,8 (1,5 – 30)');
  });
});
