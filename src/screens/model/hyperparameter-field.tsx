import { NativeSelect, NumberInput } from '@mantine/core';
import type { BoostingHyperparameters, HyperparameterRange } from '#models/hyperparameters.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { describeRange } from './model.view.ts';

/** One hyperparameter: its name, its value, its range and default, and a sentence. */
export function HyperparameterField({ range }: { readonly range: HyperparameterRange }) {
  const words = useWords();
  const { t, language } = words;
  const value = useAppStore((state) => state.settings.hyperparameters[range.name]);
  const setSettings = useAppStore((state) => state.setSettings);
  const hyperparameters = useAppStore((state) => state.settings.hyperparameters);
  const change = (next: BoostingHyperparameters[typeof range.name]) =>
    setSettings({ hyperparameters: { ...hyperparameters, [range.name]: next }, preset: 'custom' });
  const shared = {
    size: 'xs',
    label: t(`model.hyperparameter.${range.name}.name`),
    description: `${t(`model.hyperparameter.${range.name}.text`)} ${describeRange(range, words)}`,
    inputWrapperOrder: ['label', 'input', 'description'] as ('label' | 'input' | 'description')[],
  };
  if (range.kind === 'choice') {
    return (
      <NativeSelect
        {...shared}
        value={String(value)}
        onChange={(event) => change(event.currentTarget.value as BoostingHyperparameters['loss'])}
        data={range.choices.map((choice) => ({
          value: choice,
          label: t(`model.choices.${choice as BoostingHyperparameters['loss']}`),
        }))}
      />
    );
  }
  return (
    <NumberInput
      {...shared}
      value={typeof value === 'number' ? value : ''}
      placeholder={range.nullable ? t('model.analyst.noLimit') : ''}
      min={range.min}
      max={range.max}
      step={range.step}
      clampBehavior="blur"
      allowDecimal={range.kind === 'float'}
      decimalSeparator={language === 'fr' ? ',' : '.'}
      allowedDecimalSeparators={['.', ',']}
      onChange={(next) => {
        if (typeof next === 'number' && next >= range.min && next <= range.max) change(next);
        else if (next === '' && range.nullable) change(null);
      }}
    />
  );
}
