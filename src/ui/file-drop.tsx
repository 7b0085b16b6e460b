import { Box, Stack, Text } from '@mantine/core';
import { useDropzone } from 'react-dropzone';
import classes from './file-drop.module.css';
import { Icon } from './icon.tsx';

export interface FileDropProps {
  readonly title: string;
  readonly activeTitle: string;
  readonly hint: string;
  readonly note?: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

/** A place to drop one file, which is also a button to choose one. Any name is taken: the reader judges the content. */
export function FileDrop({ title, activeTitle, hint, note, disabled = false, onFile }: FileDropProps) {
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    multiple: false,
    disabled,
    useFsAccessApi: false,
    onDrop: (files: File[]) => {
      const [file] = files;
      if (file) onFile(file);
    },
  });
  return (
    <Box
      {...getRootProps({ role: 'button', 'aria-label': `${title}. ${hint}` })}
      className={classes['zone']}
      data-active={isDragActive || undefined}
      data-disabled={disabled || undefined}
    >
      <input {...getInputProps({ 'aria-label': title })} />
      <Stack align="center" gap={6}>
        <Text component="span" c="var(--mantine-primary-color-filled)" lh={0}>
          <Icon name="upload" size={34} />
        </Text>
        <Text fw={600} size="lg" ta="center">
          {isDragActive ? activeTitle : title}
        </Text>
        <Text c="dimmed" size="sm" ta="center" maw={520}>
          {hint}
        </Text>
        {note !== undefined && (
          <Text c="dimmed" size="xs" ta="center">
            {note}
          </Text>
        )}
      </Stack>
    </Box>
  );
}
