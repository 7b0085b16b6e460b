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
  it.each(codeTargets)('say bit for bit what the model says, run by %s', (target) => {
    if (!hasTool(target)) return expect(target).not.toBe('node');
    for (const [name, model] of models) {
      const { rows, predictions } = drawParityRows(model, 150, 3);
      const said = runCode(target, toPortableModel(model), rows);
      // A query has no single precision: it adds these in double.
      if (target === 'sqlite3' && name === 'imported-trees') {
        said.forEach((value, i) => expect(value).toBeCloseTo(predictions[i] ?? NaN, 3));
      } else expect(said, name).toEqual(predictions);
    }
    return undefined;
  });
});
