import type { CoverageLevel, CoverageReport, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { MIN_FOR_COVERAGE, readCoverage } from '#evaluation/intervals/coverage-reading.ts';
import { answerKinds } from '#evaluation/intervals/prediction-interval.ts';
import type { Words } from '#language/words.ts';
import { refuseLevel } from './interval-sentences.ts';

/** "83 % (76 % – 84 %)": the level found and what chance explains, or why neither can be told. */
export function tellCoverage(
  group: GroupCoverage,
  level: CoverageLevel,
  isWhole: boolean,
  words: Words,
): string {
  const { t, format } = words;
  const reading = readCoverage(group, level);
  if (reading.status === 'refused') return refuseLevel(reading, words);
  if (reading.status === 'none') return t('evaluation.coverage.notClaimable');
  if (reading.status === 'own') return t('evaluation.coverage.own');
  if (!isWhole && !reading.isEnough) {
    const needed = format.number(MIN_FOR_COVERAGE);
    return t('evaluation.coverage.few', { n: format.number(group.n), needed });
  }
  const [low, high] = reading.band;
  return t('evaluation.coverage.found', {
    level: format.percent(reading.empirical),
    low: format.percent(low),
    high: format.percent(high),
  });
}

/** Which classes break a promise, by name, of so many that can be judged. */
export function tellBroken(classes: readonly string[], nJudged: number, { t }: Words): string {
  if (nJudged === 0) return t('evaluation.coverage.noneJudged');
  return classes.length === 0
    ? t('evaluation.coverage.allKept')
    : t('evaluation.coverage.notKept', { classes: classes.join(', ') });
}

/** "P80 de ces arrêts : 812 d’après leur propre classe, 3 refusés, …"; null for results that did not count them. */
export function tellAnswered({ answered }: CoverageReport, { t, format }: Words): string | null {
  if (answered === null) return null;
  const list = answerKinds.flatMap((kind) =>
    answered[kind] > 0
      ? [t(`evaluation.coverage.answeredBy.${kind}`, { n: format.number(answered[kind]) })]
      : [],
  );
  return list.length > 0 ? t('evaluation.coverage.answered', { list: list.join(', ') }) : null;
}
