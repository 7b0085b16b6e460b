import { Box, VisuallyHidden } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useWords } from '#language/use-words.ts';
import { findNearest, type Place, type Point } from './plot-points.ts';
import { TipBox } from './tip-box.tsx';

export interface PointFinderProps {
  readonly label: string;
  readonly points: readonly Point[];
  /** Of each point, in their order. */
  readonly places: readonly Place[];
  readonly width: number;
  readonly describe: (point: Point) => readonly string[];
  /** A click or the Enter key on a point that has a row opens it. */
  readonly onPick?: (row: number) => void;
  readonly children: ReactNode;
}

/** How far from a point, in pixels, the pointer still means it. */
const REACH = 14;
const TIP_WIDTH = 240;

/**
 * Finds the point that is meant, by pointer or keyboard, however it was drawn: tells of it, and opens it. Arrows go
 * from point to point by x.
 */
export function PointFinder(props: PointFinderProps) {
  const { label, points, places, width, describe, onPick, children } = props;
  const { t } = useWords();
  const [found, setFound] = useState(-1);
  const byX = useMemo(
    () => places.map((_, index) => index).sort((a, b) => (places[a]?.left ?? 0) - (places[b]?.left ?? 0)),
    [places],
  );
  const point = points[found];
  const place = places[found];

  const findAt = (event: PointerEvent<HTMLElement>): number => {
    const frame = event.currentTarget.getBoundingClientRect();
    return findNearest(places, { left: event.clientX - frame.left, top: event.clientY - frame.top }, REACH);
  };
  const pick = (index: number): void => {
    const row = points[index]?.row;
    if (row !== undefined) onPick?.(row);
  };
  const step = (by: number): void => {
    const at = byX.indexOf(found);
    const next = at < 0 ? (by > 0 ? 0 : byX.length - 1) : Math.min(byX.length - 1, Math.max(0, at + by));
    setFound(byX[next] ?? -1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = {
      ArrowRight: () => step(1),
      ArrowLeft: () => step(-1),
      Home: () => setFound(byX[0] ?? -1),
      End: () => setFound(byX.at(-1) ?? -1),
      Escape: () => setFound(-1),
      Enter: () => pick(found),
      ' ': () => pick(found),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <Box
      pos="relative"
      w={width}
      role="application"
      tabIndex={0}
      aria-label={t(onPick ? 'charts.pickPoints' : 'charts.readPoints', { title: label })}
      style={{ cursor: onPick && point?.row !== undefined ? 'pointer' : 'default' }}
      onPointerMove={(event) => setFound(findAt(event))}
      onPointerLeave={() => setFound(-1)}
      onPointerUp={(event) => pick(findAt(event))}
      onKeyDown={onKeyDown}
      onBlur={() => setFound(-1)}
    >
      {children}
      <VisuallyHidden aria-live="polite">{point ? describe(point).join(', ') : ''}</VisuallyHidden>
      {point && place && (
        <>
          <Box
            className="no-print"
            pos="absolute"
            w={14}
            h={14}
            style={{
              left: place.left - 7,
              top: place.top - 7,
              borderRadius: 7,
              border: '2px solid var(--chart-text)',
              pointerEvents: 'none',
            }}
          />
          <Box
            className="no-print"
            pos="absolute"
            maw={TIP_WIDTH}
            style={{
              left: Math.max(0, Math.min(place.left + 12, width - TIP_WIDTH)),
              top: place.top + 14,
              zIndex: 5,
              pointerEvents: 'none',
            }}
            aria-hidden
          >
            <TipBox lines={describe(point)} />
          </Box>
        </>
      )}
    </Box>
  );
}
