import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyNoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}

/** What stands where nothing is yet: which thing is missing, and the one step that brings it. */
export function EmptyNotice({ icon, title, text, action }: EmptyNoticeProps) {
  return (
    <Center mih={280} p="xl">
      <Stack align="center" gap="sm" maw={440}>
        <Text c="var(--mantine-primary-color-filled)" component="span" lh={0}>
          <Icon name={icon} size={40} />
        </Text>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        {text !== undefined && (
          <Text c="dimmed" ta="center">
            {text}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
