import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { toPastedFile } from '../pasted-file.ts';

/** A place to paste cells copied from a spreadsheet: they are read at once, like a file. */
export function PasteBox({ isBusy }: { readonly isBusy: boolean }) {
  const { t } = useWords();
  const openFile = useAppStore((state) => state.openFile);
  const [isRefused, setIsRefused] = useState(false);
  return (
    <Textarea
      label={t('data.paste.label')}
      placeholder={t('data.paste.hint')}
      rows={2}
      value=""
      disabled={isBusy}
      error={isRefused ? t('data.paste.refused') : null}
      onChange={(event) => {
        const file = toPastedFile(event.currentTarget.value);
        setIsRefused(!file);
        if (file) void openFile(file);
      }}
    />
  );
}
