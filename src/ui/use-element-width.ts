import { useCallback, useState } from 'react';

type ElementRef = (element: HTMLElement | null) => (() => void) | undefined;

/** Width of an element in CSS pixels, followed while it is shown; 0 before the first layout. */
export function useElementWidth(): readonly [ref: ElementRef, width: number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback<ElementRef>((element) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
