import { NativeSelect } from '@mantine/core';
import type { UnevenRecords } from '#data/csv/dialect.ts';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { hasUnevenRecords } from './data.view.ts';

const choices = ['reject', 'fill', 'fit'] as const satisfies readonly UnevenRecords[];

/** What becomes of lines with too few or too many cells; asked only where the file has such lines. */
export function UnevenChoice({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const setDialect = useAppStore((state) => state.setDialect);
  const isBusy = useAppStore((state) => state.work !== null);
  const { summary, overrides } = dataset;
  if (!hasUnevenRecords(summary)) return null;
  return (
    <NativeSelect
      mt="sm"
      maw={460}
      size="xs"
      label={t('data.uneven.label')}
      disabled={isBusy}
      value={summary.dialect.unevenRecords}
      onChange={(event) => {
        const unevenRecords = choices.find((choice) => choice === event.currentTarget.value);
        if (unevenRecords) void setDialect({ ...overrides, unevenRecords });
      }}
      data={choices.map((value) => ({ value, label: t(`data.uneven.${value}`) }))}
    />
  );
}
