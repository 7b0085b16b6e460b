import { Badge, Button, FileButton, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';

/** The name of a file, and whether it is a sample. */
export function FileTitle({ name, isSample }: { readonly name: string; readonly isSample: boolean }) {
  const { t } = useWords();
  return (
    <Group gap="xs">
      {name}
      {isSample && (
        <Badge variant="light" color="amber" tt="none">
          {t('shell.sample')}
        </Badge>
      )}
    </Group>
  );
}

export interface FileButtonsProps {
  readonly another: string;
  readonly close: string;
  readonly onFile: (file: File) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** What can be done with an open file: another in its place, none, and what else there is. */
export function FileButtons({ another, close, onFile, onClose, children }: FileButtonsProps) {
  const isBusy = useAppStore((state) => state.work !== null);
  return (
    <Group gap="xs">
      <FileButton onChange={(file) => file && onFile(file)} inputProps={{ 'aria-label': another }}>
        {(props) => (
          <Button {...props} size="xs" variant="default" disabled={isBusy}>
            {another}
          </Button>
        )}
      </FileButton>
      <Button size="xs" variant="default" disabled={isBusy} onClick={onClose}>
        {close}
      </Button>
      {children}
    </Group>
  );
}
