import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { WordsContext } from '#language/use-words.ts';
import { wordsIn } from '#language/words.ts';
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

export function App() {
  const scheme = useColorScheme();
  const language = useAppStore((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <WordsContext value={wordsIn(language)}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveVariables}
        forceColorScheme={scheme}
        colorSchemeManager={forgetful}
      >
        <Notifications position="bottom-right" autoClose={8000} />
        <Shell />
      </MantineProvider>
    </WordsContext>
  );
}
