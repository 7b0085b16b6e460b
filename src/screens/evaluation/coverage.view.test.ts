import { describe, expect, it } from 'vitest';
import { findBinomialBand } from '#evaluation/intervals/binomial-band.ts';
import type { CoverageLevel, CoverageReport, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { wordsIn } from '#language/words.ts';
import { tellAnswered } from '#report/coverage-sentences.ts';
import { viewClassCoverage, viewCoverage } from './coverage.view.ts';

const words = wordsIn('fr');

describe('coverage by class', () => {
  function group(
    n: number,
    empirical: number,
    claimed: Partial<Record<CoverageLevel, number>> = {},
  ): GroupCoverage {
    const shares = { p10: 0.1, p50: 0.5, p80: 0.8, p90: 0.9, p10p90: 0.8 };
    const levels = Object.fromEntries(
      Object.entries(shares).map(([level, nominal]) => {
        const band = findBinomialBand(n, nominal);
        const isWithin = empirical >= band[0] && empirical <= band[1];
        const nClaimed = claimed[level as CoverageLevel] ?? n;
        return [level, { level, nominal, empirical, n: nClaimed, band, isWithin, nNotClaimable: 0 }];
      }),
    ) as unknown as Record<CoverageLevel, GroupCoverage['levels']['p80']>;
    return { n, levels, meanWidth: 12, meanIntervalScore: 15 };
  }
  const report: CoverageReport = {
    overall: group(400, 0.81),
    answered: { class: 0, alike: 393, overall: 0, few: 3, unlike: 4 },
    classes: [
      { ...group(29, 0.1), label: 'VD', isOwn: false },
      { ...group(371, 0.6), label: 'VP', isOwn: false },
    ],
  };

  it('tells large classes, says what is beyond chance, and refuses small classes', () => {
    const [all, large, small] = viewCoverage(report, 'day', words);
    expect(all).toMatchObject({ n: 400, isWithin: true });
    expect(all?.p80).toContain(words.format.percent(0.81));
    expect(large).toMatchObject({ label: 'VP', isWithin: false });
    expect(small).toMatchObject({ label: 'VD', isWithin: true });
    expect(small?.p80).toContain('29 < 30');
  });

  it('says which classes break a promise, and draws none that cannot be claimed', () => {
    const seven: CoverageReport = {
      ...report,
      classes: [...report.classes, { ...group(7, 0.9, { p90: 0 }), label: 'ASR', isOwn: false }],
    };
    const { rows, sentence, scale } = viewClassCoverage(seven, 'p90', words);
    expect(rows.map(({ label }) => label.split(' ')[0])).toEqual(['Tous', 'VP', 'VD', 'ASR']);
    expect(rows.at(-1)).toMatchObject({
      found: null,
      note: expect.stringMatching(/^trop peu d’arrêts\s: 7, il en faut 9$/u) as string,
    });
    expect(sentence).toContain('VP');
    expect(scale.domain[1]).toBeLessThanOrEqual(1);
    // Its P80 takes 4: drawn, within the wide band of seven outages.
    expect(viewClassCoverage(seven, 'p80', words).rows.at(-1)?.found?.isWithin).toBe(true);
  });

  it('judges no class by its own outages, and says of none that it keeps a promise then', () => {
    const own = { ...report, classes: report.classes.map((group) => ({ ...group, isOwn: true })) };
    const [, large] = viewCoverage(own, 'day', words);
    expect(large).toMatchObject({ p80: 'non jugée (ses propres arrêts)', isWithin: true });
    const { rows, sentence } = viewClassCoverage(own, 'p80', words);
    expect(rows.slice(1).map(({ found }) => found)).toEqual([null, null]);
    expect(sentence).toMatch(/^Aucune classe ne peut être jugée/u);
  });

  it('says who answers', () => {
    expect(tellAnswered(report, words)).toBe(
      'P80 de ces arrêts\u00a0: 393 d’après l’ensemble des classes peu représentées, 3 sans réponse (classe de trop peu d’arrêts), 4 sans réponse (classe qui ne ressemble pas aux autres).',
    );
    expect(tellAnswered({ ...report, answered: null }, words)).toBeNull();
  });
});
