import { ActionIcon, Badge, Group, Menu, SegmentedControl, Text, Title } from '@mantine/core';
import type { RefObject } from 'react';
import { useWords } from '#language/use-words.ts';
import { sectionPath, type SectionId } from '#screens/section-path.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { Theme } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';

/** Which section this is, what is open, and how the app looks and speaks. */
export function HeaderBar({
  section,
  heading,
}: {
  readonly section: SectionId;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}) {
  const { t } = useWords();
  return (
    <Group h="100%" px={20} gap="md" wrap="nowrap" justify="space-between">
      <Group gap="md" wrap="nowrap" miw={0}>
        <Title order={1} size="h4" ref={heading} tabIndex={-1} style={{ whiteSpace: 'nowrap' }}>
          {t(`shell.section.${section}`)}
        </Title>
        <OpenThings />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <LanguageSwitch />
        <ThemeMenu />
      </Group>
    </Group>
  );
}

function OpenThings() {
  const { t, count } = useWords();
  const dataset = useAppStore((state) => state.dataset);
  const model = useAppStore((state) => state.model);
  const isSample = dataset?.sample ?? model?.fromSample;
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      <Text size="sm" c="dimmed" truncate>
        {dataset ? dataset.name : t('shell.noData')}
        {dataset && ` · ${count('common.rows', dataset.summary.nRows)}`}
      </Text>
      {isSample && (
        <Badge variant="light" color="amber" tt="none" style={{ flex: 'none' }}>
          {t('shell.sample')}
        </Badge>
      )}
      {model?.isStale && (
        <Badge variant="light" color="amber" tt="none" style={{ flex: 'none' }}>
          {t('shell.stale')}
        </Badge>
      )}
      {model && !model.isSaved && (
        <Badge variant="light" color="slate" tt="none" style={{ flex: 'none' }}>
          {t('shell.notSaved')}
        </Badge>
      )}
      {model && !model.isInFile && (
        <Badge
          component="a"
          href={sectionPath('versions')}
          variant="outline"
          color="slate"
          tt="none"
          style={{ flex: 'none', cursor: 'pointer' }}
          title={t('shell.notInFileDetail')}
        >
          {t('shell.notInFile')}
        </Badge>
      )}
    </Group>
  );
}

function LanguageSwitch() {
  const { t } = useWords();
  const language = useAppStore((state) => state.language);
  const setLanguage = useAppStore((state) => state.setLanguage);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      value={language}
      onChange={(next) => setLanguage(next)}
      data={[
        { value: 'fr', label: <span title={t('shell.languageName.fr')}>FR</span> },
        { value: 'en', label: <span title={t('shell.languageName.en')}>EN</span> },
      ]}
    />
  );
}

const themes: readonly { readonly value: Theme; readonly icon: 'sun' | 'moon' | 'auto' }[] = [
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
  { value: 'auto', icon: 'auto' },
];

function ThemeMenu() {
  const { t, pair } = useWords();
  const theme = useAppStore((state) => state.theme);
  const setTheme = useAppStore((state) => state.setTheme);
  const icon = themes.find(({ value }) => value === theme)?.icon ?? 'auto';
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={pair(t('shell.theme.label'), t(`shell.theme.${theme}`))}
        >
          <Icon name={icon} size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map((choice) => (
          <Menu.Item
            key={choice.value}
            leftSection={<Icon name={choice.icon} size={16} />}
            rightSection={choice.value === theme ? <Icon name="check" size={14} /> : null}
            onClick={() => setTheme(choice.value)}
          >
            {t(`shell.theme.${choice.value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
