import { useState } from 'react';
import { Box } from '@mantine/core';
import { Legend } from './legend.tsx';
import { okabeIto, shapePath } from './palette.ts';
import type { AxisScale } from './ticks.ts';
import { TipBox } from './tip-box.tsx';

export interface RangeRow {
  readonly label: string;
  /** What was found, and what would be no surprise; null where nothing can be said, with the reason in `note`. */
  readonly found: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly isWithin: boolean;
  } | null;
  readonly note: string;
}

export interface RangePlotProps {
  readonly rows: readonly RangeRow[];
  /** Where every row should be. */
  readonly goal: { readonly value: number; readonly label: string };
  readonly legend: { readonly band: string; readonly within: string; readonly outside: string };
  readonly x: AxisScale & { readonly label: string; readonly write: (value: number) => string };
  readonly width: number;
  readonly label: string;
  readonly describe: (row: RangeRow) => readonly string[];
}

const ROW = 28;
const TOP = 48;
const BOTTOM = 46;
const RIGHT = 18;
const CHARACTER_WIDTH = 6.6;

/** One row a group: the band that chance explains, and where the group is. */
export function RangePlot({ rows, goal, legend, x, width, label, describe }: RangePlotProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const longest = Math.max(...rows.map((row) => row.label.length), 6);
  const left = Math.min(Math.round(width * 0.5), Math.ceil(longest * CHARACTER_WIDTH) + 14);
  const maxCharacters = Math.floor((left - 12) / CHARACTER_WIDTH);
  const right = width - RIGHT;
  const [low, high] = x.domain;
  const place = (value: number) => left + ((value - low) / (high - low)) * (right - left);
  const height = TOP + rows.length * ROW + BOTTOM;
  const bottom = height - BOTTOM;
  const row = pointed === null ? undefined : rows[pointed];
  return (
    <Box pos="relative" w={width} onPointerLeave={() => setPointed(null)}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
        fontSize={12}
        fill="var(--chart-text)"
        style={{ display: 'block' }}
      >
        <Legend
          items={[
            { label: legend.within, color: okabeIto[0], mark: 'circle' },
            { label: legend.outside, color: okabeIto[1], mark: 'triangle' },
            { label: legend.band, color: 'var(--chart-line)', mark: 'square' },
            { label: goal.label, color: 'var(--chart-text)', mark: 'dashes' },
          ]}
          x={8}
          y={4}
          width={width - 16}
        />
        {x.ticks.map((tick) => (
          <g key={tick}>
            <line x1={place(tick)} x2={place(tick)} y1={TOP} y2={bottom} stroke="var(--chart-grid)" />
            <text x={place(tick)} y={bottom + 17} textAnchor="middle">
              {x.write(tick)}
            </text>
          </g>
        ))}
        <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--chart-line)" />
        <text x={(left + right) / 2} y={height - 8} textAnchor="middle">
          {x.label}
        </text>
        {rows.map((each, index) => (
          <g
            key={each.label}
            data-testid="range-row"
            onPointerEnter={() => setPointed(index)}
            transform={`translate(0, ${TOP + index * ROW})`}
          >
            <rect x={0} width={width} height={ROW} fill="transparent" />
            <text x={left - 8} y={ROW / 2} dy="0.35em" textAnchor="end" fontWeight={index === 0 ? 650 : 400}>
              <title>{each.label}</title>
              {each.label.length > maxCharacters ? `${each.label.slice(0, maxCharacters - 1)}…` : each.label}
            </text>
            {each.found ? (
              <Found found={each.found} place={place} />
            ) : (
              <text x={left + 8} y={ROW / 2} dy="0.35em" fontStyle="italic" fillOpacity={0.85}>
                {each.note}
              </text>
            )}
          </g>
        ))}
        <line
          x1={place(goal.value)}
          x2={place(goal.value)}
          y1={TOP}
          y2={bottom}
          stroke="var(--chart-text)"
          strokeDasharray="5 4"
          strokeWidth={1.4}
          pointerEvents="none"
        />
      </svg>
      {row && pointed !== null && (
        <Box
          className="no-print"
          pos="absolute"
          style={{ left: left + 8, top: TOP + (pointed + 1) * ROW, zIndex: 5, pointerEvents: 'none' }}
        >
          <TipBox lines={describe(row)} />
        </Box>
      )}
    </Box>
  );
}

function Found({
  found,
  place,
}: {
  readonly found: NonNullable<RangeRow['found']>;
  readonly place: (value: number) => number;
}) {
  const { value, low, high, isWithin } = found;
  return (
    <>
      <rect
        x={place(low)}
        y={6}
        width={Math.max(1, place(high) - place(low))}
        height={ROW - 12}
        fill="var(--chart-line)"
        fillOpacity={0.32}
      />
      <path
        d={shapePath(isWithin ? 'circle' : 'triangle', place(value), ROW / 2, 5)}
        fill={isWithin ? okabeIto[0] : okabeIto[1]}
      />
    </>
  );
}
