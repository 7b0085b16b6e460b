import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import classes from './file-drop.module.css';

export interface DropAreaProps {
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}

/** A part of a screen that takes a file dropped on it, and is else as it would be without. */
export function DropArea({ disabled, onFile, children }: DropAreaProps) {
  const { getRootProps, isDragActive } = useDropzone({
    multiple: false,
    noClick: true,
    noKeyboard: true,
    disabled,
    onDrop: (files: File[]) => {
      const [file] = files;
      if (file) onFile(file);
    },
  });
  const { role: _role, tabIndex: _tab, ...handlers } = getRootProps();
  return (
    <Box {...handlers} className={classes['area']} data-active={isDragActive || undefined}>
      {children}
    </Box>
  );
}
