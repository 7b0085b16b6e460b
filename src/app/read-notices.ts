/** How the comment begins that the build writes at the end of the page (`scripts/bundled-notices.ts`). */
const BEGINNING = 'Tranche is made with these packages.';

/** The licence notices of the packages this page is made of, in the words of their authors; null in a page that is not built. */
export function readNotices(): string | null {
  for (const node of document.childNodes) {
    const text = node.nodeType === Node.COMMENT_NODE ? (node.nodeValue ?? '').trim() : '';
    if (text.startsWith(BEGINNING)) return text.slice(BEGINNING.length).trim();
  }
  return null;
}
