import { CartesianGrid, XAxis, YAxis } from 'recharts';
import { useWords } from '#language/use-words.ts';
import { axisRoom } from './axis-room.ts';
import { countTickDecimals, type AxisScale } from './ticks.ts';

export interface NumberAxis extends AxisScale {
  readonly label: string;
  /** How its ticks are written; by default with the decimals that tell them apart. */
  readonly write?: (value: number) => string;
  /** Pixels for the ticks and title of an upright axis, where they take more than usual. */
  readonly room?: number;
}

const tick = { fontSize: 12, fill: 'var(--chart-text)' };

export interface NumberAxesProps {
  readonly x: NumberAxis;
  readonly y: NumberAxis;
  readonly isLog?: boolean;
}

/** The grid and both axes of a chart over numbers, for points with `x` and `y`. */
export function NumberAxes({ x, y, isLog = false }: NumberAxesProps) {
  const { format } = useWords();
  const write = ({ ticks, write: own }: NumberAxis) =>
    own ??
    ((value: number) => (isLog ? format.short(value) : format.number(value, countTickDecimals(ticks))));
  const shared = {
    type: 'number',
    scale: isLog ? 'log' : 'linear',
    allowDataOverflow: true,
    tick,
    stroke: 'var(--chart-line)',
  } as const;
  const title = (value: string) => ({ value, fontSize: 12, fill: 'var(--chart-text)' });
  return (
    <>
      <CartesianGrid stroke="var(--chart-grid)" />
      <XAxis
        {...shared}
        dataKey="x"
        domain={[...x.domain]}
        ticks={[...x.ticks]}
        tickFormatter={write(x)}
        height={axisRoom.bottom}
        label={{ ...title(x.label), position: 'insideBottom', offset: 4 }}
      />
      <YAxis
        {...shared}
        dataKey="y"
        domain={[...y.domain]}
        ticks={[...y.ticks]}
        tickFormatter={write(y)}
        width={y.room ?? axisRoom.left}
        label={{
          ...title(y.label),
          angle: -90,
          position: 'insideLeft',
          offset: 8,
          style: { textAnchor: 'middle' },
        }}
      />
    </>
  );
}
