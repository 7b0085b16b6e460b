import type { Progress } from '#base/job-context.ts';
import { type Formats, type DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { Work } from '#store/state.ts';

export interface WorkView {
  readonly title: string;
  /** Phase, fold and step: "validation croisée, pli 3/5, 120/300". */
  readonly step: string;
  /** Fraction done of the whole work, or of the phase where the work does not know, in [0, 1]; null while unknown. */
  readonly fraction: number | null;
  readonly elapsed: string;
  /** Only after two seconds, and only once a tenth is done: earlier it would be a guess. */
  readonly remaining: string | null;
  readonly score: string | null;
  readonly ending: string | null;
}

/** What is said of long work at the moment `now` of the page's clock. */
export function viewWork(work: Work, now: number, { t, format }: Words, unit: DurationUnitName): WorkView {
  const { progress, ending } = work;
  const elapsed = Math.max(0, now - work.startedAt);
  const fraction = progress === null ? null : findFraction(progress);
  const remaining =
    fraction !== null && elapsed >= 2000 && fraction >= 0.1 && fraction < 1 && ending === null
      ? t('work.remaining', { time: format.elapsed((elapsed / fraction) * (1 - fraction)) })
      : null;
  return {
    title: t(`work.kind.${work.kind}`),
    step: progress === null ? '' : describeStep(progress, t, format),
    fraction,
    elapsed: t('work.elapsed', { time: format.elapsed(elapsed) }),
    remaining,
    score:
      progress?.score === undefined
        ? null
        : t('work.score', { score: format.duration(progress.score, unit, 2) }),
    ending: ending === null ? null : t(ending === 'stop' ? 'work.stopping' : 'work.cancelling'),
  };
}

function findFraction({ done, total, overall }: Progress): number | null {
  if (overall !== undefined) return overall;
  return total > 0 ? Math.min(1, done / total) : null;
}

function describeStep(progress: Progress, t: Words['t'], format: Formats): string {
  const { phase, fold, nFolds, done, total } = progress;
  const parts = [t(`work.phase.${phase}`)];
  if (fold !== undefined && nFolds !== undefined) parts.push(t('work.fold', { fold, nFolds }));
  if (total > 1) {
    parts.push(
      phase === 'reading'
        ? format.percent(done / total)
        : t('work.step', { done: format.number(done, 0), total: format.number(total, 0) }),
    );
  }
  return parts.join(', ');
}
