import { Button, FileButton } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';

/** Opens a model file; its content is checked, whatever its name. */
export function OpenModelButton({ variant = 'default' }: { readonly variant?: 'default' | 'subtle' }) {
  const { t } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const openModelFile = useAppStore((state) => state.openModelFile);
  return (
    <FileButton
      accept=".json,application/json"
      onChange={(file) => {
        if (file) void openModelFile(file);
      }}
      inputProps={{ 'aria-label': t('common.openModel') }}
    >
      {(props) => (
        <Button {...props} variant={variant} disabled={isBusy} leftSection={<Icon name="file" size={16} />}>
          {t('common.openModel')}
        </Button>
      )}
    </FileButton>
  );
}
