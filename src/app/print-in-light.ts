const attribute = 'data-mantine-color-scheme';

/**
 * Paper is white, and browsers leave grounds out: a page shown dark would print pale letters on it. The theme is
 * set on the root itself, as a print does not wait for anything to be rendered again.
 */
export function printInLight(): void {
  const root = document.documentElement;
  let shown: string | null = null;
  window.addEventListener('beforeprint', () => {
    shown ??= root.getAttribute(attribute);
    root.setAttribute(attribute, 'light');
  });
  window.addEventListener('afterprint', () => {
    if (shown !== null) root.setAttribute(attribute, shown);
    shown = null;
  });
}
