import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import type { CellRow } from '#data/cell.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import type { ModelSummary } from '#inference/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { groupFields, listOutside } from './scenarios.view.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);

/** Three years of outages, whose column « Année » only repeats the year of their start. */
const rows = Array.from({ length: 200 }, (_, i) => {
  const start = new Date(Date.UTC(2021, 0, 1 + 5 * i)).toISOString().slice(0, 10);
  return `${start};${start.slice(0, 4)};${1 + (i % 9)};${10 + (i % 9) + ((i * 7) % 11)}`;
});
const bytes = encodeUtf8(['Début;Année;Complexité;Durée (jours)', ...rows].join('\n'));

describe('what lies outside the training range is said in the field, the answer and the distance alike', () => {
  const workbench = createWorkbench();
  let model: ModelSummary;

  beforeAll(async () => {
    const file = { name: 'f.csv', bytes };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const settings = {
      ...atStartSettings,
      folds: 2,
      hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 30, nIterNoChange: 0 },
    };
    const request = { datasetId: 'd', modelId: 'm', roles, settings, today };
    const { modelText } = await workbench.run('train', request, silent);
    model = await workbench.run('open-model', { modelId: 'm', text: modelText }, silent);
  });

  /** Which of the three warn of a case that is typical but for these cells. */
  async function warningsOf(changes: Readonly<Record<string, number>>) {
    const cells: CellRow = model.features.map(({ name, typical }) => changes[name] ?? typical);
    const scenario = { cells, prediction: null, origin: null, isOwn: true };
    const fields = groupFields(model.features, scenario, null).flatMap(({ fields: own }) => own);
    const [answer] = await workbench.run('predict', { modelId: 'm', cases: [cells] }, silent);
    const similar = await workbench.run(
      'similar-cases',
      { modelId: 'm', datasetId: 'd', cells, today },
      silent,
    );
    return {
      fields: fields.filter(({ note }) => note !== null).map(({ feature }) => feature.name),
      answer: listOutside(answer?.notes ?? [], model.features),
      isFar: similar.isOutside,
    };
  }

  it('does not remark an outage of the year to come', async () => {
    const next = { Début: Date.UTC(2024, 5, 1), Année: 2024 };
    expect(await warningsOf(next)).toEqual({ fields: [], answer: [], isFar: false });
  });

  it('remarks one of the year after, by its date and, in the form, by the year that repeats it', async () => {
    const { fields, answer, isFar } = await warningsOf({ Début: Date.UTC(2025, 5, 1), Année: 2025 });
    expect(new Set(fields)).toEqual(new Set(['Début', 'Année']));
    // The card counts it once: the year only follows.
    expect(answer).toEqual(['Début']);
    expect(isFar).toBe(true);
  });

  it('remarks any other number beyond its range, however little', async () => {
    expect(await warningsOf({ Complexité: 9.1 })).toEqual({
      fields: ['Complexité'],
      answer: ['Complexité'],
      isFar: true,
    });
  });
});
