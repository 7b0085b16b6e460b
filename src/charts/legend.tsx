import { shapePath, type Shape } from './palette.ts';

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly mark: Shape | 'line' | 'dashes';
}

const CHARACTER_WIDTH = 6.6;
const LINE_HEIGHT = 18;

interface Placed extends LegendItem {
  readonly x: number;
  readonly y: number;
}

/** Sets the items in lines of at most `width` pixels. Pure, so that the chart can leave room for them. */
export function layOutLegend(
  items: readonly LegendItem[],
  width: number,
): { readonly placed: readonly Placed[]; readonly height: number } {
  let x = 0;
  let y = 0;
  const placed = items.map((item) => {
    const itemWidth = 22 + item.label.length * CHARACTER_WIDTH + 10;
    if (x > 0 && x + itemWidth > width) {
      x = 0;
      y += LINE_HEIGHT;
    }
    const at = { ...item, x, y };
    x += itemWidth;
    return at;
  });
  return { placed, height: items.length === 0 ? 0 : y + LINE_HEIGHT + 4 };
}

/** A legend drawn in the picture itself, so that it is saved and printed with it. */
export function Legend({
  items,
  x,
  y,
  width,
}: {
  readonly items: readonly LegendItem[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
}) {
  return (
    <g transform={`translate(${x}, ${y})`}>
      {layOutLegend(items, width).placed.map((item) => (
        <g key={item.label} transform={`translate(${item.x}, ${item.y})`}>
          <LegendMark item={item} />
          <text x={20} y={12} fontSize={12} fill="var(--chart-text)">
            {item.label}
          </text>
        </g>
      ))}
    </g>
  );
}

function LegendMark({ item }: { readonly item: LegendItem }) {
  if (item.mark === 'line' || item.mark === 'dashes') {
    return (
      <line
        x1={0}
        x2={15}
        y1={8}
        y2={8}
        stroke={item.color}
        strokeWidth={2}
        strokeDasharray={item.mark === 'dashes' ? '4 3' : undefined}
      />
    );
  }
  return <path d={shapePath(item.mark, 8, 8, 4.5)} fill={item.color} />;
}
