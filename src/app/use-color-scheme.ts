import { useMediaQuery } from '@mantine/hooks';
import { useAppStore } from '#store/use-app-store.ts';

/** Light or dark, as chosen, or as the system says where the choice is left to it. */
export function useColorScheme(): 'light' | 'dark' {
  const theme = useAppStore((state) => state.theme);
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', false, {
    getInitialValueInEffect: false,
  });
  if (theme !== 'auto') return theme;
  return systemIsDark ? 'dark' : 'light';
}
