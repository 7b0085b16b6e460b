import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { VersionsState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { MIN_REASON, type VersionAction } from '#versions/contract.ts';
import { GateEvidence } from './gate-evidence.tsx';
import { type AskedChange, findLastSigner, findPassage } from './versions.view.ts';

export interface ActionDialogProps {
  readonly versions: VersionsState;
  /** Null while nothing is asked. */
  readonly asked: AskedChange | null;
  readonly onClose: () => void;
}

/** Who does it, and why: with the evidence where a version is to be promoted. */
export function ActionDialog({ versions, asked, onClose }: ActionDialogProps) {
  return (
    <Modal.Root opened={asked !== null} onClose={onClose} size="lg" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          {asked && <ActionForm key={asked.record.id} versions={versions} asked={asked} onClose={onClose} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function ActionForm({
  versions,
  asked: { kind, record: before },
  onClose,
}: ActionDialogProps & { readonly asked: AskedChange }) {
  const { t, format } = useWords();
  const actOnVersion = useAppStore((state) => state.actOnVersion);
  const judgeVersion = useAppStore((state) => state.judgeVersion);
  const hasData = useAppStore((state) => state.dataset !== null);
  const isBusy = useAppStore((state) => state.work !== null);
  // The gate may have been held meanwhile.
  const record = versions.log.state.versions.find(({ id }) => id === before.id) ?? before;
  const { id, number, gate, facts } = record;
  const { champion } = versions.log.state;
  const current = gate !== null && gate.against === champion ? gate : null;
  const passage = kind === 'promote' ? findPassage(record, champion) : 'free';
  const mustAgree = passage === 'forced' || passage === 'confirm';
  const [by, setBy] = useState(() => findLastSigner(versions, 'Tranche'));
  const [reason, setReason] = useState(
    kind === 'roll-back' ? t('versions.dialog.rollBackReason', { number }) : '',
  );
  const [isAgreed, setIsAgreed] = useState(false);
  const isReady =
    by.trim() !== '' && reason.trim().length >= MIN_REASON && (!mustAgree || isAgreed) && !isBusy;

  const toAction = (): VersionAction => {
    if (kind === 'promote')
      return { kind, version: id, gate: current?.id ?? null, isForced: passage === 'forced' };
    return kind === 'refuse' ? { kind, version: id, gate: current?.id ?? null } : { kind, version: id };
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        onClose();
        void actOnVersion(toAction(), { by: by.trim(), reason: reason.trim() });
      }}
    >
      <Stack gap="sm">
        <Group justify="space-between">
          <Modal.Title fw={650}>{t(`versions.dialog.${kind}`, { number })}</Modal.Title>
          <Modal.CloseButton aria-label={t('common.close')} />
        </Group>
        {kind === 'discard' && (
          <Text size="sm">{t('versions.dialog.discardText', { size: format.bytes(facts.nBytes) })}</Text>
        )}
        {(kind === 'promote' || kind === 'refuse') && champion !== null && (
          <>
            {current ? (
              <GateEvidence report={current.report} />
            ) : (
              <Text size="sm">{t('versions.dialog.noGate')}</Text>
            )}
            <Group>
              <Button
                size="xs"
                variant="default"
                disabled={!hasData || isBusy}
                loading={isBusy}
                onClick={() => void judgeVersion(id)}
              >
                {t('versions.do.judge')}
              </Button>
            </Group>
          </>
        )}
        <TextInput
          data-autofocus
          label={t('versions.dialog.by')}
          value={by}
          maxLength={200}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <TextInput
          label={t('versions.dialog.reason')}
          description={t('versions.dialog.reasonHint')}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {mustAgree && (
          <Checkbox
            size="sm"
            label={t(passage === 'forced' ? 'versions.dialog.force' : 'versions.dialog.confirmAgain')}
            checked={isAgreed}
            onChange={(event) => setIsAgreed(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady}>
            {t('versions.dialog.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
