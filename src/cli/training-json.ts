import { isComparedAtRandom, isComparedByTime, countDraws } from '#training/row-split.ts';
import type { Inspection } from '#jobs/dataset/contract.ts';
import { countHeldLevels } from '#report/score-sentences.ts';
import type { FoldScore, TrainingResult } from '#training/contract.ts';
import { listFullScores } from '#training/full-scores.ts';
import { describeJoining } from './inspection-json.ts';

/** The object that `train --json` prints. README.md is its contract: names are only ever added. */
export function toTrainingJson(result: TrainingResult, inspection: Inspection) {
  const { preparation, findings, summary } = inspection;
  const { rows, target, chosen, scale, choice, models, importance, coverage, settings, warnings, seconds } =
    result;
  const { preparing, validating, fitting, explaining } = seconds;
  return {
    rows: {
      read: rows.read,
      kept: rows.kept,
      rejected: rows.rejected,
      setAside: rows.setAside,
      train: rows.train,
      test: rows.test,
    },
    underWay: result.underWay
      ? { ...result.underWay, asOf: new Date(result.underWay.asOf).toISOString() }
      : null,
    target: target.name,
    unit: target.unit,
    chosen,
    scale,
    reason: choice.reason,
    models: listFullScores(result).map(({ name, scale: modelScale, cv, test, details, toBest }) => ({
      name,
      scale: modelScale,
      mae: cv.mae,
      rmse: cv.rmse,
      r2: cv.r2,
      sd: cv.sd,
      test,
      testDetails: details ?? null,
      toBest: toBest && { mae: toBest.value, low: toBest.low, high: toBest.high, n: toBest.nSamples },
    })),
    horizon: result.horizon.kind,
    horizonReason: result.basis.horizon,
    lead: result.horizon.kind === 'plan' ? result.horizon.leadDays : null,
    candidates: models.map(({ id }) => id),
    stopped: result.stoppedCandidates,
    scoresByTime: isComparedByTime(settings, rows.kept) ? listFoldScores(result) : null,
    scoresRandom: isComparedAtRandom(settings, rows.kept) ? listFoldScores(result) : result.alsoRandom,
    horizonPrice: result.horizonPrice,
    announced: result.besideAnnounced,
    history: { used: result.pastFeatures.length > 0, columns: result.pastFeatures },
    knownLater: result.knownLater,
    factors: describeJoining(inspection),
    expected: result.expected ?? [],
    importance: importance.columns.map(({ column, mean, sd }) => ({ feature: column, mean, sd })),
    coverage: coverage && {
      p80: coverage.overall.levels.p80.empirical,
      p10p90: coverage.overall.levels.p10p90.empirical,
      n: coverage.overall.n,
      claimed: { p80: coverage.overall.levels.p80.n, p10p90: coverage.overall.levels.p10p90.n },
      answered: coverage.answered,
    },
    testCoverage: countHeldLevels(result.test),
    intervalHalfWidth: coverage && coverage.overall.meanWidth / 2,
    againstMedian: result.againstMedian,
    importanceFloor: importance.floor,
    leftOut: preparation.roles.flatMap(({ column, role, leak }) =>
      leak && (role === 'ignore' || role === 'end') ? [{ column, kind: leak.kind }] : [],
    ),
    warnings: [...warnings, ...findings.filter(({ code }) => code === 'many-merged')].map(({ code }) => code),
    seed: settings.seed,
    folds: settings.folds,
    draws: countDraws(settings, rows.kept),
    split: settings.split.kind,
    splitReason: result.basis.split,
    seconds: { read: summary.seconds, fit: preparing + validating + fitting + explaining },
  };
}

/** Of the folds that chose; each model over the outages it answered for. */
function listFoldScores({ models, besideAnnounced, bestErrors }: TrainingResult): readonly FoldScore[] {
  const nCompared = bestErrors?.filter((error) => !Number.isNaN(error)).length ?? 0;
  return models.map(({ id, name, cv: { mae, rmse, r2 } }) => {
    const n = name === 'announced' ? (besideAnnounced?.cv?.n ?? 0) : nCompared;
    return { id, n, mae, rmse, r2 };
  });
}
