import { Box, Group, Loader, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { sectionPath, type SectionId } from '#screens/section-path.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { AboutDialog } from './about-dialog.tsx';
import classes from './rail.module.css';
import { sections, type Section, type SectionState } from './sections.ts';

/** What the navigation landmark holds: the sections in work order, each reachable at any time, each with its state. */
export function Rail({ current }: { readonly current: SectionId }) {
  const { t } = useWords();
  return (
    <Stack h="100%" gap={0} className={classes['rail'] ?? ''}>
      <Group gap={10} px="md" h={52} className={classes['brand'] ?? ''}>
        <Logo />
        <Box visibleFrom="md">
          <Text fw={700} lh={1.1}>
            {t('shell.title')}
          </Text>
          <Text size="xs" c="dimmed" lh={1.2}>
            {t('shell.tagline')}
          </Text>
        </Box>
      </Group>
      <Stack component="ul" gap={2} p="xs" m={0} className={classes['list'] ?? ''}>
        {sections.map((section) => (
          <li key={section.id}>
            <RailLink section={section} isCurrent={section.id === current} />
          </li>
        ))}
      </Stack>
      <Box mt="auto" p="md">
        <Tooltip
          label={t('shell.offlineDetail')}
          multiline
          w={280}
          position="top-start"
          events={{ hover: true, focus: true, touch: true }}
        >
          <UnstyledButton className={classes['offline'] ?? ''} aria-label={t('shell.offline')}>
            <Icon name="shield" size={20} />
            <Text size="xs" component="span" visibleFrom="md">
              {t('shell.offline')}
            </Text>
          </UnstyledButton>
        </Tooltip>
        <Box mt={8} mx={{ base: -10, md: 0 }} ta={{ base: 'center', md: 'left' }}>
          <AboutDialog />
        </Box>
      </Box>
    </Stack>
  );
}

function RailLink({ section, isCurrent }: { readonly section: Section; readonly isCurrent: boolean }) {
  const { t } = useWords();
  const state = useAppStore(section.stateOf);
  return (
    <a
      href={sectionPath(section.id)}
      className={classes['link']}
      title={t(`shell.section.${section.id}`)}
      aria-current={isCurrent ? 'page' : undefined}
    >
      <Icon name={section.icon} />
      <span className={classes['name']}>{t(`shell.section.${section.id}`)}</span>
      <StateMark state={state} label={t(`shell.state.${state}`)} />
    </a>
  );
}

function StateMark({ state, label }: { readonly state: SectionState; readonly label: string }) {
  return (
    <span className={classes['mark']} data-state={state} title={label}>
      {state === 'working' && <Loader size={14} />}
      {state === 'ready' && <Icon name="check" size={15} />}
      {state === 'attention' && <Icon name="warning" size={15} />}
      <span className={classes['hidden']}>{label}</span>
    </span>
  );
}

function Logo() {
  return (
    <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b5394" />
      <path d="M8 21h5v3H8zM14 15h5v9h-5zM20 9h5v15h-5z" fill="white" />
    </svg>
  );
}
