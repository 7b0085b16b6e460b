import { Badge, Group } from '@mantine/core';
import type { ModelScore } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';

/** A model's name in a table of models, with what it is there: the chosen one, a reference. */
export function ModelLabel({ model, isChosen }: { readonly model: ModelScore; readonly isChosen: boolean }) {
  const { t } = useWords();
  return (
    <Group gap={6}>
      {t(`terms.model.${model.name}`)}
      {isChosen && (
        <Badge size="sm" tt="none" variant="filled">
          {t('evaluation.models.chosen')}
        </Badge>
      )}
      {model.isReference && (
        <Badge size="sm" tt="none" variant="light" color="slate">
          {t('evaluation.models.reference')}
        </Badge>
      )}
    </Group>
  );
}
