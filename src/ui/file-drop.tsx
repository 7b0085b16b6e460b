import { Box, Button, Stack, Text } from '@mantine/core';
import { useDropzone } from 'react-dropzone';
import classes from './file-drop.module.css';
import { Icon } from './icon.tsx';

export interface FileDropProps {
  readonly title: string;
  /** Words of the button that chooses a file. */
  readonly choose: string;
  readonly hint: string;
  readonly note?: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

/**
 * A place to drop one file, with a button to choose one. A click anywhere reaches the zone, which opens the
 * dialogue; the button is there for the keyboard. Any name is taken: the reader judges the content.
 */
export function FileDrop({ title, choose, hint, note, disabled = false, onFile }: FileDropProps) {
  const { getRootProps, getInputProps } = useDropzone({
    multiple: false,
    noKeyboard: true,
    // The whole window takes what is dropped.
    noDrag: true,
    disabled,
    useFsAccessApi: false,
    onDrop: (files: File[]) => {
      const [file] = files;
      if (file) onFile(file);
    },
  });
  return (
    <Box {...getRootProps()} className={classes['zone']} data-disabled={disabled || undefined}>
      <input {...getInputProps({ 'aria-label': choose })} />
      <Stack align="center" gap={6}>
        <Text component="span" c="var(--mantine-primary-color-filled)" lh={0}>
          <Icon name="upload" size={34} />
        </Text>
        <Text fw={600} size="lg" ta="center">
          {title}
        </Text>
        <Text c="dimmed" size="sm" ta="center" maw={520}>
          {hint}
        </Text>
        <Button variant="light" mt={4} disabled={disabled}>
          {choose}
        </Button>
        {note !== undefined && (
          <Text c="dimmed" size="xs" ta="center">
            {note}
          </Text>
        )}
      </Stack>
    </Box>
  );
}
