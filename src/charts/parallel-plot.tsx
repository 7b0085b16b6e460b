import { Box, Text } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { isPicked, moveBound, type Range, spanOf } from './brush.ts';
import { okabeIto } from './palette.ts';

export interface ParallelAxis {
  readonly label: string;
  /** From 0 at the foot to 1. */
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
}

export interface ParallelLine {
  /** Where it crosses each axis; NaN where that axis says nothing of it. */
  readonly shares: readonly number[];
  readonly isGood: boolean;
}

export interface ParallelPlotProps {
  readonly axes: readonly ParallelAxis[];
  /** The last ones are drawn on top. */
  readonly lines: readonly ParallelLine[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly nameBounds: (axis: string) => { readonly lower: string; readonly upper: string };
  /** What is said of the lines that pass the bounds, by their positions; nothing without bounds. */
  readonly tell: (picked: readonly number[]) => string;
}

const ROOM = { top: 14, bottom: 86, left: 16, right: 84 };
const REACH = 16;
const STEP = 0.05;
const whole: Range = [0, 1];

/** A line a thing over one axis a property; bounds on axes, by pointer or keys, pick lines out. */
export function ParallelPlot(props: ParallelPlotProps) {
  const { axes, lines, width, height, label, nameBounds, tell } = props;
  const [bounds, setBounds] = useState<ReadonlyMap<number, Range>>(new Map());
  const [drag, setDrag] = useState<{ readonly axis: number; readonly from: number } | null>(null);
  const foot = height - ROOM.bottom;
  const across = (axis: number) =>
    ROOM.left + (axes.length > 1 ? (axis * (width - ROOM.left - ROOM.right)) / (axes.length - 1) : 0);
  const up = (share: number) => foot - share * (foot - ROOM.top);
  const shareAt = (event: PointerEvent<SVGElement>) => {
    const frame = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    return Math.min(1, Math.max(0, (foot - (event.clientY - (frame?.top ?? 0))) / (foot - ROOM.top)));
  };
  const bound = (axis: number, range: Range | null) => {
    const next = new Map(bounds);
    if (range) next.set(axis, range);
    else next.delete(axis);
    setBounds(next);
  };
  const picked = lines.flatMap(({ shares }, i) => (isPicked(shares, bounds) ? [i] : []));
  const isBound = bounds.size > 0;
  const shown = new Set(picked);
  const pathOf = ({ shares }: ParallelLine) =>
    shares
      .flatMap((share, axis) =>
        Number.isNaN(share) ? [] : [`${across(axis).toFixed(1)},${up(share).toFixed(1)}`],
      )
      .join('L');
  const isLit = (i: number) => (isBound ? shown.has(i) : (lines[i]?.isGood ?? false));
  const order = lines.map((_, i) => i).sort((a, b) => Number(isLit(a)) - Number(isLit(b)));

  const onKeyDown = (axis: number, end: 0 | 1) => (event: KeyboardEvent) => {
    const by = { ArrowUp: STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowLeft: -STEP }[event.key];
    if (by === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    bound(axis, by === undefined ? null : moveBound(bounds.get(axis) ?? whole, end, by));
  };

  return (
    <Box>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={label}
        fontSize={11}
        fill="var(--chart-text)"
        style={{ display: 'block', touchAction: 'pan-x' }}
      >
        {order.map((i) => (
          <path
            key={i}
            data-testid="parallel-line"
            data-lit={isLit(i)}
            d={`M${pathOf(lines[i] as ParallelLine)}`}
            fill="none"
            stroke={isLit(i) ? okabeIto[lines[i]?.isGood ? 1 : 0] : 'var(--chart-text)'}
            strokeOpacity={isLit(i) ? 0.9 : 0.13}
            strokeWidth={isLit(i) ? 1.8 : 1}
            strokeDasharray={isLit(i) && lines[i]?.isGood !== true ? '4 2' : 'none'}
          />
        ))}
        {axes.map((axis, i) => {
          const [low, high] = bounds.get(i) ?? whole;
          const names = nameBounds(axis.label);
          return (
            <g key={axis.label} transform={`translate(${across(i)}, 0)`}>
              <line y1={up(1)} y2={up(0)} stroke="var(--chart-line)" strokeWidth={1.2} />
              {bounds.has(i) && (
                <rect
                  x={-5}
                  width={10}
                  y={up(high)}
                  height={up(low) - up(high)}
                  fill={okabeIto[5]}
                  fillOpacity={0.4}
                />
              )}
              {axis.ticks.map(({ share, text }) => (
                <text key={share} x={6} y={up(share)} dy="0.32em" fontSize={10} {...halo}>
                  {text}
                </text>
              ))}
              <text transform={`translate(-2, ${foot + 16}) rotate(28)`}>
                <title>{axis.label}</title>
                {axis.label.length > 17 ? `${axis.label.slice(0, 16)}…` : axis.label}
              </text>
              <rect
                x={-REACH}
                width={2 * REACH}
                y={up(1)}
                height={up(0) - up(1)}
                fill="transparent"
                style={{ cursor: 'ns-resize' }}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDrag({ axis: i, from: shareAt(event) });
                  bound(i, null);
                }}
                onPointerMove={(event) => {
                  if (drag?.axis === i) bound(i, spanOf(drag.from, shareAt(event)));
                }}
                onPointerUp={() => setDrag(null)}
              />
              {([low, high] as const).map((share, end) => (
                <path
                  key={names[end === 0 ? 'lower' : 'upper']}
                  className="chart-handle"
                  d={end === 0 ? 'M-6,9L6,9L0,1Z' : 'M-6,-9L6,-9L0,-1Z'}
                  transform={`translate(0, ${up(share)})`}
                  fill="var(--chart-line)"
                  role="slider"
                  tabIndex={0}
                  aria-orientation="vertical"
                  aria-label={names[end === 0 ? 'lower' : 'upper']}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.round(100 * share)}
                  onKeyDown={onKeyDown(i, end as 0 | 1)}
                />
              ))}
            </g>
          );
        })}
      </svg>
      <Text size="sm" aria-live="polite" mih={22}>
        {isBound ? tell(picked) : ''}
      </Text>
    </Box>
  );
}

/** Ticks stay readable over lines. */
const halo = { stroke: 'var(--chart-ground)', strokeWidth: 3, paintOrder: 'stroke' } as const;
