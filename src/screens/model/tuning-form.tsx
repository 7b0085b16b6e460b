import { Button, Group, MultiSelect, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { nameSetting, writeSetting } from '#report/tuning-sentences.ts';
import type { DatasetState, StudyOnShow } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { methods } from '#tuning/proposer.ts';
import type { Dimension } from '#tuning/search-space.ts';
import { Icon } from '#ui/icon.tsx';
import { NumberBox } from '#ui/number-box.tsx';
import { SegmentedField } from '#ui/segmented-field.tsx';
import { WideTable } from '#ui/wide-table.tsx';
import { families, listSearchable, readForm, type SearchForm as Form, untouchedForm } from './tuning.view.ts';

/** How to search, in what, and for how long. */
export function TuningForm({
  dataset,
  study,
}: {
  readonly dataset: DatasetState;
  readonly study: StudyOnShow | null;
}) {
  const { t } = useWords();
  const [form, setForm] = useState<Form>({ ...untouchedForm, ...(study && readBack(study)) });
  const change = (changes: Partial<Form>) => setForm({ ...form, ...changes });
  const work = useAppStore((state) => state.work);
  const tune = useAppStore((state) => state.tune);
  const testShare = useAppStore(({ settings: { split } }) => (split.kind === 'rows' ? 0 : split.testShare));
  const { preparation } = dataset;
  const searchable = listSearchable(form, preparation, testShare);
  const isGrid = form.method === 'grid';
  return (
    <Stack gap="md" className="no-print">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
        <SegmentedField
          heading={t('tuning.method.heading')}
          help={t(`tuning.method.help.${form.method}`)}
          value={form.method}
          data={methods.toReversed().map((value) => ({ value, label: t(`tuning.method.${value}`) }))}
          onChange={(method) =>
            change({ method, nTrials: method === 'grid' ? null : (form.nTrials ?? untouchedForm.nTrials) })
          }
        />
        <SegmentedField
          heading={t('tuning.family.heading')}
          help={t('tuning.family.help')}
          value={isGrid && form.family === 'all' ? 'gradient-boosting' : form.family}
          data={families.map((value) => ({
            value,
            label: t(`tuning.family.${value}`),
            disabled: isGrid && value === 'all',
          }))}
          onChange={(family) => change({ family })}
        />
        <NumberBox
          size="sm"
          min={1}
          allowDecimal={false}
          label={t('tuning.nTrials')}
          description={t('tuning.nTrialsHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          placeholder={isGrid ? t('tuning.allTrials') : String(untouchedForm.nTrials)}
          value={form.nTrials}
          onChange={(nTrials) => change({ nTrials })}
        />
        <NumberBox
          size="sm"
          min={1}
          label={t('tuning.minutes')}
          description={t('tuning.minutesHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          placeholder={t('tuning.noLimit')}
          value={form.minutes}
          onChange={(minutes) => change({ minutes })}
        />
      </SimpleGrid>
      <RangeTable form={form} searchable={searchable} onChange={change} />
      <Group>
        <Button
          variant={study ? 'light' : 'filled'}
          leftSection={<Icon name="play" size={16} />}
          disabled={work !== null || preparation === null || preparation.problem !== null}
          onClick={() => void tune(readForm(form, searchable))}
        >
          {t(study ? 'tuning.again' : 'tuning.start')}
        </Button>
      </Group>
    </Stack>
  );
}

/** The form of the last search, its ranges apart. */
function readBack({ request: { method, nTrials, minutes, space } }: StudyOnShow): Partial<Form> {
  const named = space?.['model'];
  const family = families.find((each) => Array.isArray(named) && named[0] === each) ?? 'all';
  return { method, family, minutes, nTrials: nTrials === Number.MAX_SAFE_INTEGER ? null : nTrials };
}

function RangeTable({
  form,
  searchable,
  onChange,
}: {
  readonly form: Form;
  readonly searchable: readonly Dimension[];
  readonly onChange: (changes: Partial<Form>) => void;
}) {
  const words = useWords();
  const { t } = words;
  const [isOpen, setIsOpen] = useState(false);
  const { ranges, values } = form;
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={isOpen}
        rightSection={<Icon name={isOpen ? 'collapse' : 'chevron'} size={14} />}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('tuning.ranges.heading')}
      </Button>
      {isOpen && (
        <>
          <Text size="xs" c="dimmed" my={4}>
            {t('tuning.ranges.help')}
          </Text>
          <WideTable miw={520} maw={760} verticalSpacing={3} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('tuning.ranges.setting')}</Table.Th>
                <Table.Th>{t('tuning.ranges.min')}</Table.Th>
                <Table.Th>{t('tuning.ranges.max')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {searchable.map((dimension) => {
                const { name } = dimension;
                const setting = nameSetting(name, words);
                return (
                  <Table.Tr key={name}>
                    <Table.Th scope="row" fw={500}>
                      {setting}
                    </Table.Th>
                    {dimension.kind === 'list' ? (
                      <Table.Td colSpan={2}>
                        <MultiSelect
                          size="xs"
                          aria-label={t('tuning.ranges.of', { bound: t('tuning.ranges.values'), setting })}
                          placeholder={values.has(name) ? '' : t('tuning.ranges.all')}
                          data={dimension.values.map((value) => ({
                            value: String(value),
                            label: writeSetting(name, value, words),
                          }))}
                          value={[...(values.get(name) ?? [])]}
                          onChange={(chosen) => onChange({ values: new Map([...values, [name, chosen]]) })}
                        />
                      </Table.Td>
                    ) : (
                      (['min', 'max'] as const).map((bound) => (
                        <Table.Td key={bound}>
                          <NumberBox
                            size="xs"
                            w={130}
                            hideControls
                            aria-label={t('tuning.ranges.of', {
                              bound: t(`tuning.ranges.${bound}`),
                              setting,
                            })}
                            placeholder={writeSetting(name, dimension[bound], words)}
                            value={ranges.get(name)?.[bound] ?? null}
                            onChange={(value) => {
                              const range = { min: null, max: null, ...ranges.get(name), [bound]: value };
                              onChange({ ranges: new Map([...ranges, [name, range]]) });
                            }}
                          />
                        </Table.Td>
                      ))
                    )}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </WideTable>
        </>
      )}
    </div>
  );
}
