import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/* Shade 6 of each colour reads on white, and white reads on it, at 4.5:1 or better; shade 3 reads on the dark ground. */
const ink: MantineColorsTuple = [
  '#edf4fb',
  '#d6e5f4',
  '#aecbe9',
  '#8dbbe8',
  '#5c98d4',
  '#2f74b5',
  '#0b5394',
  '#09467e',
  '#073a69',
  '#052d52',
];
const leaf: MantineColorsTuple = [
  '#e9f7ef',
  '#cdeed9',
  '#a0dfb9',
  '#7fd3a1',
  '#45b876',
  '#1b7d48',
  '#12683a',
  '#0f5831',
  '#0b4727',
  '#08361e',
];
const amber: MantineColorsTuple = [
  '#fff6e5',
  '#ffe8c2',
  '#ffd591',
  '#ffc46b',
  '#f5a52e',
  '#a66300',
  '#8a4f00',
  '#744300',
  '#5e3600',
  '#482900',
];
const brick: MantineColorsTuple = [
  '#fdeeec',
  '#fad6d1',
  '#f3aea6',
  '#f29a90',
  '#e25f50',
  '#b83426',
  '#a3281a',
  '#8a2115',
  '#711b11',
  '#58140d',
];
const slate: MantineColorsTuple = [
  '#f4f6f8',
  '#e6eaee',
  '#d3d9e0',
  '#b9c2cc',
  '#8f9aa7',
  '#64707d',
  '#4a5561',
  '#3a444f',
  '#2b333c',
  '#1d232a',
];
const night: MantineColorsTuple = [
  '#dfe4ea',
  '#b9c2cc',
  '#98a3af',
  '#717d8a',
  '#47525e',
  '#343e49',
  '#28313b',
  '#1c232b',
  '#161c23',
  '#10151a',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink, leaf, amber, brick, slate, dark: night },
  fontFamily:
    '"Segoe UI", "Inter", "Roboto", "Helvetica Neue", Arial, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    InputWrapper: { styles: { description: { fontSize: 12 } } },
  },
});

/** The app's own tokens, and Mantine's greys made dark enough to read. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1d232a',
    '--mantine-color-dimmed': '#55606c',
    '--mantine-color-placeholder': '#65707c',
    '--mantine-color-error': '#a3281a',
    '--mantine-color-anchor': '#0b5394',
    '--app-ground': '#f3f5f7',
    '--app-line': '#dde2e7',
    '--app-line-strong': '#aab4bf',
    '--app-warning-text': '#8a4f00',
    '--app-warning-line': '#c97a0a',
    '--app-warning-ground': '#fff6e5',
    '--chart-text': '#3a444f',
    '--chart-line': '#8f9aa7',
    '--chart-grid': '#e3e7eb',
    '--chart-ground': '#ffffff',
  },
  dark: {
    '--mantine-color-text': '#dfe4ea',
    '--mantine-color-dimmed': '#a3aeba',
    '--mantine-color-placeholder': '#98a3af',
    '--mantine-color-error': '#f29a90',
    '--mantine-color-anchor': '#8dbbe8',
    '--app-ground': '#12171d',
    '--app-line': '#343e49',
    '--app-line-strong': '#5b6773',
    '--app-warning-text': '#ffc46b',
    '--app-warning-line': '#c97a0a',
    '--app-warning-ground': '#33270f',
    '--chart-text': '#c5cdd6',
    '--chart-line': '#717d8a',
    '--chart-grid': '#2b343e',
    '--chart-ground': '#1c232b',
  },
});
