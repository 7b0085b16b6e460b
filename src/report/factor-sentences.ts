import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { FactorMatch } from '#data/factors/join-factors.ts';
import type { FactorAnswers } from '#inference/contract.ts';
import type { Words } from '#language/words.ts';

/** By what a second file is joined: its date, and its key where there is one. */
export function tellFactorPlan({ file, date, start, key }: FactorPlan, { t }: Words): string {
  const quote = (name: string) => t('quality.quote', { name });
  const blanks = { file: quote(file), date: quote(date), start: quote(start) };
  if (key === null) return t('factors.joined', blanks);
  return t('factors.joinedByKey', { ...blanks, ours: quote(key.outages), theirs: quote(key.factors) });
}

/** "2 011 arrêts sur 2 033 y trouvent une valeur." */
export function tellMatched(
  { nMatched, nRows }: FactorMatch,
  { t, format }: Pick<Words, 't' | 'format'>,
): string {
  return t('factors.matched', { count: nMatched, matched: format.number(nMatched), n: format.number(nRows) });
}

/** How many outages found a value, why the others did not, and what of the second file was not used as it stands. */
export function tellFactorMatch(match: FactorMatch, words: Words): readonly string[] {
  const { t, count } = words;
  const { nUnknownKey, unknownKeys, nOutside, nInGap, nNoStart, nMerged, nUnplaced } = match;
  const named = (what: string) =>
    unknownKeys.length === 0 ? what : t('factors.such', { what, names: unknownKeys.join(', ') });
  const reasons = [
    nUnknownKey > 0 ? named(count('factors.unknownKey', nUnknownKey)) : null,
    nOutside > 0 ? count('factors.outside', nOutside) : null,
    nInGap > 0 ? count('factors.inGap', nInGap) : null,
    nNoStart > 0 ? count('factors.noStart', nNoStart) : null,
  ].filter((reason) => reason !== null);
  return [
    tellMatched(match, words),
    reasons.length > 0 ? t('factors.unmatched', { reasons: reasons.join(' ; ') }) : null,
    nMerged > 0 ? count('factors.merged', nMerged) : null,
    nUnplaced > 0 ? count('factors.unplaced', nUnplaced) : null,
  ].filter((sentence) => sentence !== null);
}

/** With what the answers were made where a model asks for joined values. */
export function tellFactorAnswers({ file, nJoined, nUsual }: FactorAnswers, words: Words): readonly string[] {
  const { t, format, count } = words;
  return [
    ...(nJoined > 0 ? [count('factors.read', nJoined)] : []),
    ...(nUsual > 0
      ? [
          t('factors.usual', {
            count: nUsual,
            n: format.number(nUsual),
            file: t('quality.quote', { name: file }),
          }),
        ]
      : []),
  ];
}

/** What a training for planning makes of joined values. */
export function tellFactorsWhenPlanning({ file }: FactorPlan, { t }: Words): string {
  return t('factors.whenPlanning', { file: t('quality.quote', { name: file }) });
}
