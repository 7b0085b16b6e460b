import { ActionIcon, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Takes back what was done to scenarios and levers, by keys too; a field being typed in has its own. */
export function UndoButtons() {
  const { t } = useWords();
  const { past, future } = useAppStore((state) => state.scenarioLog);
  const undo = useAppStore((state) => state.undoScenario);
  const redo = useAppStore((state) => state.redoScenario);
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ]);
  return (
    <Group gap={4} className="no-print">
      {(
        [
          ['undo', undo, past],
          ['redo', redo, future],
        ] as const
      ).map(([name, act, steps]) => (
        <ActionIcon
          key={name}
          variant="default"
          size={30}
          disabled={steps.length === 0}
          aria-label={t(`compare.${name}`)}
          title={t(`compare.${name}`)}
          onClick={act}
        >
          <Icon name={name} size={16} />
        </ActionIcon>
      ))}
    </Group>
  );
}
