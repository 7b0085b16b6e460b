import { testByDistance, testByRanks, type TwoSamples } from './unlikeness.ts';

/** Whose scores answer for a class: its own, those of all classes like it, or nobody's. */
export const classAnswers = ['own', 'alike', 'unlike'] as const;
export type ClassAnswer = (typeof classAnswers)[number];

/** A class this large answers by its own outages: their noise is by then smaller than what classes differ by. */
const LEAST_ALONE = 50;
/** Smaller classes answer together where there are so many of them, with so many outages, none of them most of all. */
const LEAST_CLASSES = 8;
const LEAST_POOL = 30;
const MOST_OF_POOL = 0.5;
/** From so many outages on, a class unlike the others answers by its own. With fewer it is refused. */
export const LEAST_UNLIKE_ALONE = 20;
/** Fewer outages tell nothing of likeness. */
export const LEAST_TO_COMPARE = 3;
/** Classes like the others that each test takes for unlike. */
const FALSE_ALARMS = 0.01;

export interface ClassSample {
  readonly label: string;
  /** Ascending. */
  readonly scores: readonly number[];
}

export interface AnsweredClasses {
  /** The scores that the classes like each other answer by, ascending; null where the small ones may not be pooled. */
  readonly alike: readonly number[] | null;
  /** By class, in the order given. */
  readonly answers: readonly ClassAnswer[];
}

/** True where small classes of these sizes may answer together: no large one among few would then speak for the small. */
export function arePoolable(sizes: readonly number[]): boolean {
  const small = sizes.filter((n) => n < LEAST_ALONE);
  const total = small.reduce((sum, n) => sum + n, 0);
  const largest = small.reduce((most, n) => Math.max(most, n), 0);
  return small.length >= LEAST_CLASSES && total >= LEAST_POOL && largest <= MOST_OF_POOL * total;
}

/**
 * Which past outages each class is answered by, so that levels hold in each and nearly all are answered: a large class by
 * its own, small ones together, but for those whose scores are unlike the others'. The scores of a small class that is
 * refused stay with the others, as one in a hundred is refused by chance and without these the pool would have no tail; they
 * leave where even the most unlike of so many classes would hardly be so by chance. O(n log n).
 */
export function answerClasses(classes: readonly ClassSample[]): AnsweredClasses {
  if (!arePoolable(classes.map(({ scores }) => scores.length))) {
    return { alike: null, answers: classes.map(() => 'own') };
  }
  const small = classes.filter(({ scores }) => scores.length < LEAST_ALONE);
  const all = sort(small);
  const nCompared = small.filter(({ scores }) => scores.length >= LEAST_TO_COMPARE).length;
  const chances = classes.map(({ scores }) =>
    scores.length < LEAST_ALONE ? findChance({ own: scores, all }) : 1,
  );
  const answers = classes.map(({ scores: { length: n } }, i): ClassAnswer => {
    if (n >= LEAST_ALONE) return 'own';
    if (chances[i] > FALSE_ALARMS) return 'alike';
    return n < LEAST_UNLIKE_ALONE ? 'unlike' : 'own';
  });
  const isPooled = (i: number) =>
    answers[i] === 'alike' || (answers[i] === 'unlike' && chances[i] * nCompared > FALSE_ALARMS);
  return { alike: sort(classes.filter((_, i) => isPooled(i))), answers };
}

/** How probable it is that scores like the others' are as unlike these as they are; to lie far out is taken twice as strictly as far up. */
function findChance(samples: TwoSamples): number {
  const n = samples.own.length;
  if (n < LEAST_TO_COMPARE) return 1;
  if (n >= LEAST_UNLIKE_ALONE) return testByDistance(samples);
  const { up, spread } = testByRanks(samples);
  return Math.min(1, up, 2 * spread);
}

function sort(classes: readonly ClassSample[]): readonly number[] {
  return Array.from(Float64Array.from(classes.flatMap(({ scores }) => scores)).sort());
}
