/** Okabe and Ito's colours, told apart by people with any colour vision; black last, as the theme decides it. */
export const okabeIto = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#8c6d1f',
] as const;

/** Shapes go with colours, so that colour is never the only difference. */
export const shapes = ['circle', 'triangle', 'square', 'diamond', 'cross', 'star', 'wye'] as const;
export type Shape = (typeof shapes)[number];

export function colorOf(group: number): string {
  return okabeIto[group % okabeIto.length] ?? okabeIto[0];
}

export function shapeOf(group: number): Shape {
  return shapes[group % shapes.length] ?? 'circle';
}

/** Outline of a mark of "radius" r around (x, y), as an SVG path. */
export function shapePath(shape: Shape, x: number, y: number, r: number): string {
  const polygon = (points: readonly (readonly [number, number])[]) =>
    `M${points.map(([dx, dy]) => `${round(x + dx * r)},${round(y + dy * r)}`).join('L')}Z`;
  switch (shape) {
    case 'circle':
      return `M${round(x - r)},${round(y)}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
    case 'triangle':
      return polygon([
        [0, -1.25],
        [1.15, 0.8],
        [-1.15, 0.8],
      ]);
    case 'square':
      return polygon([
        [-0.9, -0.9],
        [0.9, -0.9],
        [0.9, 0.9],
        [-0.9, 0.9],
      ]);
    case 'diamond':
      return polygon([
        [0, -1.35],
        [1.05, 0],
        [0, 1.35],
        [-1.05, 0],
      ]);
    case 'cross':
      return polygon([
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
      ]);
    case 'star':
      return polygon([
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
      ]);
    case 'wye':
      return polygon([
        [0, 1.25],
        [1.15, -0.8],
        [-1.15, -0.8],
      ]);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
