/** Okabe and Ito's colours, told apart by people with any colour vision. */
export const okabeIto = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#8c6d1f',
] as const;

type Corner = readonly [number, number];

/** Outlines of the marks, in units of their "radius"; the circle is not a polygon and stands apart. */
const outlines = {
  circle: [],
  triangle: [
    [0, -1.25],
    [1.15, 0.8],
    [-1.15, 0.8],
  ],
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.35],
    [1.05, 0],
    [0, 1.35],
    [-1.05, 0],
  ],
  cross: [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
  star: [
    [0, -1.4],
    [0.35, -0.48],
    [1.33, -0.43],
    [0.56, 0.18],
    [0.82, 1.13],
    [0, 0.6],
    [-0.82, 1.13],
    [-0.56, 0.18],
    [-1.33, -0.43],
    [-0.35, -0.48],
  ],
  wye: [
    [0, 1.25],
    [1.15, -0.8],
    [-1.15, -0.8],
  ],
} as const satisfies Readonly<Record<string, readonly Corner[]>>;

export type Shape = keyof typeof outlines;

/** Shapes go with colours, so that colour is never the only difference. */
const shapes = Object.keys(outlines) as readonly Shape[];

export function colorOf(group: number): string {
  return okabeIto[group % okabeIto.length] ?? okabeIto[0];
}

export function markOf(group: number): Shape {
  return shapes[group % shapes.length] ?? 'circle';
}

/** Outline of a mark of "radius" r around (x, y), as an SVG path. */
export function shapePath(shape: Shape, x: number, y: number, r: number): string {
  if (shape === 'circle') {
    return `M${round(x - r)},${round(y)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
  }
  const corners: readonly Corner[] = outlines[shape];
  return `M${corners.map(([dx, dy]) => `${round(x + dx * r)},${round(y + dy * r)}`).join('L')}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
