import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FittedModel } from '#models/regressor.ts';
import { codeTargets, hasTool, runCode } from '../../scripts/interop/run-code.ts';
import { createImportedModel } from './imported-model.ts';
import { drawParityRows } from './parity-rows.ts';
import { toPortableModel } from './portable/portable-model.ts';
import { fitPortableModels } from './testing/portable-fits.ts';
import { readXgboost } from './xgboost/read-xgboost.ts';

let models: ReadonlyMap<string, FittedModel>;
beforeAll(async () => {
  const bytes = readFileSync(new URL('fixtures/categories.json.model', import.meta.url));
  const imported = createImportedModel(readXgboost(bytes), { scale: 'identity', seen: null });
  models = new Map([...(await fitPortableModels()), ['imported-trees', imported]]);
});

describe('models as code', () => {
  // Another process takes a while: one of each kind there.
  const few = ['blend', 'imported-trees'];

  it('say bit for bit what the model says, run by node', () => {
    for (const model of models.values()) {
      const { rows, predictions } = drawParityRows(model, 150, 3);
      expect(runCode('node', toPortableModel(model), rows)).toEqual(predictions);
    }
  });

  it.each(codeTargets.filter((target) => target !== 'node').map((target) => ({ target })))(
    'say bit for bit what the model says, run by $target, where the machine has it',
    ({ target }) => {
      const isThere = hasTool(target);
      for (const name of isThere ? few : []) {
        const model = models.get(name) as FittedModel;
        const { rows, predictions } = drawParityRows(model, 150, 3);
        // A query has no single precision: it adds float32 numbers in double.
        const tolerance = target === 'sqlite3' && name === 'imported-trees' ? 1e-4 : 0;
        const off = runCode(target, toPortableModel(model), rows).map((said, i) =>
          Math.abs(said - (predictions[i] ?? NaN)),
        );
        expect(Math.max(...off)).toBeLessThanOrEqual(tolerance);
      }
    },
  );
});
