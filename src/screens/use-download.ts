import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { toAppError } from '#base/errors.ts';
import type { TextFile } from '#jobs/dataset/contract.ts';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { downloadText } from '#ui/download-file.ts';

/** Makes a file and hands it to the user; says what went wrong where it could not be made. */
export function useDownload(): (make: () => Promise<TextFile>) => void {
  const { t } = useWords();
  return useCallback(
    (make) => {
      make()
        .then(({ name, text }) =>
          downloadText(name, text, name.endsWith('.json') ? 'application/json' : 'text/csv'),
        )
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
