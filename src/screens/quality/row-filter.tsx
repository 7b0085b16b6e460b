import { Box, Button, Group, NativeSelect, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeAction } from '#data/recipe/recipe-step.ts';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { readFilter, type FilterText } from './row-filter.view.ts';

const nothing: FilterText = { labels: [], min: '', max: '' };

/** A step that keeps the outages of some labels, numbers or dates only. */
export function RowFilter({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const addStep = useAppStore((state) => state.addStep);
  const columns = dataset.summary.columns.filter(({ nDistinct }) => nDistinct > 1);
  const [name, setName] = useState('');
  const [text, setText] = useState(nothing);
  const column = columns.find((each) => each.name === name);
  const action: RecipeAction | null = column ? readFilter(column, text) : null;
  const choose = (chosen: string) => {
    setName(chosen);
    setText(nothing);
  };
  return (
    <Box mt="md" pt="sm" style={{ borderTop: '1px solid var(--app-line)' }}>
      <Text size="sm" fw={600} mb={4}>
        {t('quality.filter.heading')}
      </Text>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          size="xs"
          label={t('quality.filter.column')}
          value={name}
          onChange={(event) => choose(event.currentTarget.value)}
          data={['', ...columns.map((each) => each.name)]}
        />
        {column && <Bounds column={column} text={text} onChange={setText} />}
        {column && (
          <Button
            size="xs"
            variant="light"
            disabled={action === null}
            onClick={() => {
              if (action) void addStep({ action, reason: 'filter' });
              choose('');
            }}
          >
            {t('quality.filter.apply')}
          </Button>
        )}
      </Group>
    </Box>
  );
}

interface BoundsProps {
  readonly column: ColumnProfile;
  readonly text: FilterText;
  readonly onChange: (text: FilterText) => void;
}

function Bounds({ column, text, onChange }: BoundsProps) {
  const { t } = useWords();
  if (column.type === 'category') {
    return (
      <TagsInput
        size="xs"
        miw={220}
        label={t('quality.filter.labels')}
        value={[...text.labels]}
        data={(column.topCategories ?? []).map(({ label }) => label)}
        onChange={(labels) => onChange({ ...text, labels })}
      />
    );
  }
  const isDate = column.type === 'date';
  return (['min', 'max'] as const).map((bound) => (
    <TextInput
      key={bound}
      size="xs"
      w={140}
      type={isDate ? 'date' : 'text'}
      inputMode={isDate ? undefined : 'decimal'}
      label={t(`quality.filter.${isDate ? (bound === 'min' ? 'from' : 'to') : bound}`)}
      value={text[bound]}
      onChange={(event) => onChange({ ...text, [bound]: event.currentTarget.value })}
    />
  ));
}
