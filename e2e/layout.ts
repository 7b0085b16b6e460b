import type { Page } from '@playwright/test';

/** Texts wider than the box that shows them, where nothing says so by an ellipsis or a scroll bar. */
export async function findCutText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const hasOwnText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isMeant = (element: Element) => {
      for (let box: Element | null = element; box; box = box.parentElement) {
        const { overflowX, textOverflow, clip, position } = getComputedStyle(box);
        if (textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll') return true;
        if (position === 'absolute' && clip !== 'auto') return true;
      }
      return false;
    };
    const cut: string[] = [];
    for (const element of document.querySelectorAll('body *')) {
      if (!(element instanceof HTMLElement) || !hasOwnText(element) || isMeant(element)) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      const isInline = getComputedStyle(element).display === 'inline';
      if (!isInline && element.scrollWidth > element.clientWidth + 1) {
        cut.push(
          `${element.innerText.trim().slice(0, 60)} (${element.scrollWidth} in ${element.clientWidth})`,
        );
      }
    }
    // A drawn text may reach beyond its drawing.
    for (const text of document.querySelectorAll('svg.recharts-surface text')) {
      const box = text.getBoundingClientRect();
      const frame = text.closest('svg')?.getBoundingClientRect();
      if (frame && (box.left < frame.left - 2 || box.right > frame.right + 2)) {
        cut.push(`drawn: ${text.textContent ?? ''} (${Math.round(box.right - frame.right)} beyond)`);
      }
    }
    // A select shows its choice on one line, and hides what does not fit.
    const context = document.createElement('canvas').getContext('2d');
    for (const select of document.querySelectorAll('select')) {
      const style = getComputedStyle(select);
      const text = select.selectedOptions[0]?.text ?? '';
      // Of another width of window: not shown in this one.
      if (!context || select.offsetParent === null) continue;
      context.font = style.font;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (context.measureText(text).width > room + 2) cut.push(`select: ${text}`);
    }
    return cut;
  });
}

export async function findSidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
