import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '#language/use-words.ts';
import { Icon } from '#ui/icon.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a fault in one screen from taking the page down; the rail stays. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { message: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render() {
    const { message } = this.state;
    return message === null ? this.props.children : <Crash message={message} />;
  }
}

function Crash({ message }: { readonly message: string }) {
  const { t } = useWords();
  return (
    <Alert color="brick" icon={<Icon name="warning" />} title={t('shell.crash.title')} role="alert">
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{t('shell.crash.text')}</Text>
        <Button onClick={() => window.location.reload()}>{t('shell.crash.reload')}</Button>
        <Text size="xs">
          {t('shell.crash.detail')} <Code>{message}</Code>
        </Text>
      </Stack>
    </Alert>
  );
}
