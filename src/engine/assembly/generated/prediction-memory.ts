// Written by `npm run build:kernel`. Do not edit.

export let nTrees: i32 = 0;
export let binWidth: i32 = 0;
export let chunk: usize = 0;
export let roots: usize = 0;
export let depths: usize = 0;
export let nodes: usize = 0;
export let values: usize = 0;
export let scratch: usize = 0;
export let out: usize = 0;

export function readMap(): void {
  nTrees = <i32>load<f64>(64);
  binWidth = <i32>load<f64>(72);
  chunk = <usize>load<f64>(80);
  roots = <usize>load<f64>(88);
  depths = <usize>load<f64>(96);
  nodes = <usize>load<f64>(104);
  values = <usize>load<f64>(112);
  scratch = <usize>load<f64>(120);
  out = <usize>load<f64>(128);
}
export const COLUMN: usize = 0;
export const LAST_LEFT_BIN: usize = 4;
export const LEFT_CHILD: usize = 8;
export const LEFT_SET: usize = 12;
export const NODE_BYTES: usize = 16;
export const ANY_BIN: u32 = 4294967295;
export const SMALL_TREE_NODES: i32 = 127;
