import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { i18n as I18n } from 'i18next';
import { useEffect } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useAppStore } from '#store/use-app-store.ts';
import { Shell } from './shell.tsx';
import { resolveVariables, theme } from './theme.ts';
import { useColorScheme } from './use-color-scheme.ts';

/** Mantine's own memory of the theme is not used: the store keeps it, where storage may be refused. */
const forgetful = {
  get: () => 'auto' as const,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

export function App({ i18n }: { readonly i18n: I18n }) {
  const scheme = useColorScheme();
  const language = useAppStore((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveVariables}
        forceColorScheme={scheme}
        colorSchemeManager={forgetful}
      >
        <Notifications position="bottom-right" autoClose={8000} />
        <Shell />
      </MantineProvider>
    </I18nextProvider>
  );
}
