import { Alert, Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { toAppError } from '#base/errors.ts';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { downloadBlob } from '#ui/download-file.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { PickFileButton } from '#ui/pick-file-button.tsx';

/** All that is kept as one file, and such a file opened beside it. */
export function ProjectPanel() {
  const { t, count } = useWords();
  const isBusy = useAppStore((state) => state.work !== null);
  const hasVersions = useAppStore((state) => (state.versions?.log.entries.length ?? 0) > 0);
  const imported = useAppStore((state) => state.imported);
  const exportProject = useAppStore((state) => state.exportProject);
  const openProject = useAppStore((state) => state.openProject);
  const dismissImported = useAppStore((state) => state.dismissImported);
  const save = () => {
    exportProject()
      .then(({ name, bytes }) => downloadBlob(name, new Blob([bytes.slice()], { type: 'application/zip' })))
      .catch((thrown: unknown) => {
        const { code, details } = toAppError(thrown);
        const { what, todo } = describeError(t, code, details);
        notifications.show({ color: 'brick', title: what, message: todo });
      });
  };
  return (
    <Panel heading={t('versions.project.heading')} description={t('versions.project.text')}>
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<Icon name="download" size={14} />}
          disabled={isBusy || !hasVersions}
          onClick={save}
        >
          {t('versions.project.save')}
        </Button>
        <PickFileButton
          label={t('versions.project.open')}
          icon="file"
          accept=".zip,application/zip"
          variant="default"
          isDisabled={isBusy}
          onPick={(file) => void openProject(file)}
        />
      </Group>
      {imported && (
        <Alert mt="sm" withCloseButton closeButtonLabel={t('common.close')} onClose={dismissImported}>
          {t(`versions.project.imported.${imported.kind}`, {
            versions: count('versions.storage.versions', imported.nVersions),
            datasets: count('versions.project.datasets', imported.nDatasets),
          })}
          {imported.conflicts.length > 0 &&
            ` ${t('versions.project.conflicts', { list: imported.conflicts.join(', ') })}`}
        </Alert>
      )}
    </Panel>
  );
}
