import { utf8ToBytes } from '@noble/hashes/utils.js';
import { APP_VERSION } from '#base/app-version.ts';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#language/dictionary.ts';
import { wordsIn } from '#language/words.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { Submission } from '#registry/version-records.ts';
import type { TrainingResult } from '#training/contract.ts';

type DescribedModel = Pick<ModelSummary, 'name' | 'target' | 'nTrainingRows' | 'hash' | 'learntHash'>;

/** Signs what happens by itself. */
export const APP_NAME = 'Tranche';

/** How a model that was trained here, or came as a file, becomes a version. */
export function describeSubmission(
  {
    summary,
    result,
    text,
  }: { readonly summary: DescribedModel; readonly result: TrainingResult | null; readonly text: string },
  language: Language,
  at: Instant,
): Submission {
  const { name, target, nTrainingRows, hash, learntHash = null } = summary;
  const chosen = result?.models.find(({ id }) => id === result.choice.chosen);
  const isJudged = result !== null && chosen !== undefined && Number.isFinite(chosen.test.mae);
  return {
    facts: {
      model: hash,
      name,
      target: { name: target.name, unit: target.unit },
      nTrainingRows,
      data: learntHash,
      nBytes: utf8ToBytes(text).length,
      seed: result?.settings.seed ?? 0,
      app: result === null ? null : APP_VERSION,
      settings: result?.settings ?? null,
      figures: isJudged ? { n: result.rows.test, mae: chosen.test.mae, rmse: chosen.test.rmse } : null,
    },
    signature: {
      by: APP_NAME,
      at,
      reason: wordsIn(language).t(result === null ? 'versions.auto.opened' : 'versions.auto.trained'),
    },
  };
}
