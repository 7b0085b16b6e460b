// Written by `npm run build:kernel`. Do not edit.

export let nSamples: i32 = 0;
export let values: usize = 0;
export let scratch: usize = 0;
export let thresholds: usize = 0;
export let cells: usize = 0;
export let counts: usize = 0;

export function readMap(): void {
  nSamples = <i32>load<f64>(64);
  values = <usize>load<f64>(72);
  scratch = <usize>load<f64>(80);
  thresholds = <usize>load<f64>(88);
  cells = <usize>load<f64>(96);
  counts = <usize>load<f64>(104);
}
export const N_CELLS: i32 = 1024;
