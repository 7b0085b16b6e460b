import { notifications } from '@mantine/notifications';
import { type ReactNode, useCallback } from 'react';
import { toAppError } from '#base/errors.ts';
import type { TextFile } from '#jobs/dataset/contract.ts';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { downloadBlob, downloadText } from '#ui/download-file.ts';

/** Bytes where it is no text; `remark` is said once it was handed over. */
interface BinaryFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly remark: { readonly title: string; readonly message: ReactNode };
}

/** Makes a file and hands it to the user; says what went wrong where it could not be made. */
export function useDownload(): (make: () => Promise<TextFile | BinaryFile>) => void {
  const { t } = useWords();
  return useCallback(
    (make) => {
      make()
        .then((file) => {
          const { name } = file;
          if ('text' in file)
            return downloadText(name, file.text, name.endsWith('.json') ? 'application/json' : 'text/csv');
          downloadBlob(name, new Blob([file.bytes]));
          return notifications.show({ ...file.remark, autoClose: false });
        })
        .catch((thrown: unknown) => {
          const { code, details } = toAppError(thrown);
          if (code === 'cancelled') return;
          const { what, todo } = describeError(t, code, details);
          notifications.show({ color: 'brick', title: what, message: todo });
        });
    },
    [t],
  );
}
