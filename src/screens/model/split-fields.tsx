import { NativeSelect } from '@mantine/core';
import type { AskedSplit } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { IntegerField } from './integer-field.tsx';
import { viewBasis } from './model.view.ts';

/** Every way to part the outages, for test and cross-validation alike, and how often folds are drawn anew. */
export function SplitFields() {
  const { t } = useWords();
  const split = useAppStore((state) => state.settings.split);
  const repeats = useAppStore((state) => state.settings.repeats);
  const preparation = useAppStore((state) => state.dataset?.preparation ?? null);
  const setSettings = useAppStore((state) => state.setSettings);
  const settings = useAppStore((state) => state.settings);
  const basis = viewBasis(settings, preparation);
  if (split.kind === 'rows') return null;
  const { testShare } = split;
  const columns = (preparation?.roles ?? []).flatMap(({ role, column }) =>
    role === 'group' ? [column] : [],
  );
  const ways: readonly {
    readonly split: AskedSplit;
    readonly label: string;
    readonly isDisabled: boolean;
  }[] = [
    { split: { kind: 'auto', testShare }, label: t('model.split.auto'), isDisabled: false },
    { split: { kind: 'random', testShare }, label: t('model.split.random'), isDisabled: false },
    { split: { kind: 'stratified', testShare }, label: t('model.split.stratified'), isDisabled: false },
    {
      split: { kind: 'time', testShare },
      label: t('model.split.time'),
      isDisabled: preparation?.canSplitByTime !== true,
    },
    ...columns.map((column) => ({
      split: { kind: 'group' as const, testShare, column },
      label: t('model.split.group', { column }),
      isDisabled: false,
    })),
  ];
  const keyOf = (way: AskedSplit) => (way.kind === 'group' ? `group ${way.column}` : way.kind);
  return (
    <>
      <NativeSelect
        size="xs"
        label={t('model.split.ways')}
        description={t(`model.split.help.${split.kind}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        value={keyOf(split)}
        onChange={(event) => {
          const way = ways.find((each) => keyOf(each.split) === event.currentTarget.value);
          if (way) setSettings({ split: way.split });
        }}
        data={ways.map((way) => ({ value: keyOf(way.split), label: way.label, disabled: way.isDisabled }))}
      />
      {(basis.split === 'random' || basis.split === 'stratified') && (
        <IntegerField
          label={t('model.split.repeats')}
          description={t('model.split.repeatsHelp')}
          value={repeats}
          min={1}
          max={10}
          onChange={(next) => setSettings({ repeats: next })}
        />
      )}
    </>
  );
}
