import { Alert, Button, Stack, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { tellAlarm, tellAlarmTodo } from '#report/monitoring-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { sectionPath } from '../section-path.ts';

/** What should be looked at, the gravest first, and what to do about it. */
export function AlarmsPanel({ monitoring }: { readonly monitoring: Monitoring }) {
  const words = useWords();
  const { t, count } = words;
  const { alarms, watch } = monitoring;
  const isCalibrated = alarms.some(({ kind }) => kind === 'calibration');
  const mayRetrain = alarms.some(({ level, kind }) => level === 'proven' && kind === 'calibration');
  return (
    <Panel heading={t('followUp.alarm.heading')} aside={mayRetrain && <RetrainButton />}>
      <Stack gap="xs" data-testid="alarms">
        {!isCalibrated && (
          <Text size="sm">
            {t('followUp.calibration.quiet', { outages: count('common.outages', watch.n) })}
          </Text>
        )}
        {alarms.map((alarm) => {
          const told = tellAlarm(alarm, words);
          const todo = tellAlarmTodo(alarm, words);
          return (
            <Alert
              key={told}
              p="xs"
              color={alarm.level === 'proven' ? 'brick' : 'amber'}
              icon={<Icon name="warning" size={16} />}
            >
              <Text size="sm">{told}</Text>
              {todo !== null && (
                <Text size="xs" mt={2}>
                  {todo}
                </Text>
              )}
            </Alert>
          );
        })}
      </Stack>
    </Panel>
  );
}

/** Trains on the open data with the champion's settings, and holds the gate; without data the way to them. */
function RetrainButton() {
  const { t } = useWords();
  const retrain = useAppStore((state) => state.retrain);
  const hasData = useAppStore((state) => state.dataset !== null);
  const isBusy = useAppStore((state) => state.work !== null);
  return hasData ? (
    <Button size="xs" disabled={isBusy} onClick={() => void retrain()}>
      {t('followUp.retrain')}
    </Button>
  ) : (
    <Button size="xs" component="a" href={sectionPath('data')}>
      {t('followUp.retrain')}
    </Button>
  );
}
