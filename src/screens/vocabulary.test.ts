import { expect, it } from 'vitest';
import { columnRoles } from '#data/roles.ts';
import { hyperparameterTable } from '#models/hyperparameters.ts';
import { modelNames } from '#models/model-catalogue.ts';
import { wordsIn } from '#language/words.ts';

/** A key without words would show as itself. */
const isKey = (text: string) => /^[a-z]+(\.[a-zA-Z0-9-]+)+$/u.test(text);

it.each(['fr', 'en'] as const)('names every model, role and hyperparameter of the core in %s', (language) => {
  const { t } = wordsIn(language);
  const texts = [
    ...modelNames.map((name) => t(`terms.model.${name}`)),
    ...columnRoles.flatMap((role) => [t(`data.role.${role}`), t(`data.roleHelp.${role}`)]),
    ...hyperparameterTable['gradient-boosting'].flatMap(({ name }) => [
      t(`model.hyperparameter.${name}.name`),
      t(`model.hyperparameter.${name}.text`),
    ]),
  ];
  expect(texts.filter(isKey)).toEqual([]);
  expect(new Set(modelNames.map((name) => t(`terms.model.${name}`))).size).toBe(modelNames.length);
});
