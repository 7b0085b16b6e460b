import type { CoverageLevel, GroupCoverage } from '#evaluation/intervals/coverage.ts';
import { MIN_FOR_COVERAGE, readCoverage } from '#evaluation/intervals/coverage-reading.ts';
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

/** Which classes break a promise, by name. */
export function tellBroken(classes: readonly string[], { t }: Words): string {
  return classes.length === 0
    ? t('evaluation.coverage.allKept')
    : t('evaluation.coverage.notKept', { classes: classes.join(', ') });
}
