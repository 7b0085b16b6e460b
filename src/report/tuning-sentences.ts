import type { Words } from '#language/words.ts';
import type { BoostingHyperparameters } from '#models/hyperparameters.ts';
import type { Configuration, SettingValue } from '#tuning/search-space.ts';

const OF_FOREST = 'forest.';

/** A searched setting as the form calls it. */
export function nameSetting(name: string, { t }: Words): string {
  if (name === 'model') return t('tuning.setting.model');
  if (name === 'init' || name === 'scale') return t(`model.analyst.${name}`);
  if (name.startsWith(OF_FOREST)) {
    const setting = nameHyperparameter(name.slice(OF_FOREST.length), t);
    return t('tuning.setting.ofForest', { setting });
  }
  return nameHyperparameter(name, t);
}

function nameHyperparameter(name: string, t: Words['t']): string {
  return t(`model.hyperparameter.${name as keyof BoostingHyperparameters}.name`);
}

export function writeSetting(name: string, value: SettingValue, { t, format }: Words): string {
  if (typeof value === 'number') return format.number(value, 4);
  if (name === 'model') return t(`tuning.family.${value as 'gradient-boosting' | 'quantile-forest'}`);
  if (name === 'init') return t(`model.analyst.initName.${value as 'mean' | 'linear'}`);
  if (name === 'scale') return t(`model.analyst.scaleName.${value as 'identity' | 'log1p'}`);
  if (name === 'loss') return t(`model.choices.${value as BoostingHyperparameters['loss']}`);
  return value;
}

/** All that a configuration says, in words. */
export function tellSettings(configuration: Configuration, words: Words): string {
  return Object.entries(configuration)
    .map(([name, value]) =>
      name === 'model'
        ? writeSetting(name, value, words)
        : words.pair(nameSetting(name, words), writeSetting(name, value, words)),
    )
    .join(', ');
}
