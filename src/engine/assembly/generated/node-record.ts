// Written by `npm run build:kernel`. Do not edit.

export const DEPTH: usize = 0;
export const START: usize = 4;
export const END: usize = 8;
export const SLOT: usize = 12;
export const LEFT_CHILD: usize = 16;
export const FEATURE: usize = 20;
export const SPLIT_BIN: usize = 24;
export const MISSING_LEFT: usize = 28;
export const IS_CATEGORICAL: usize = 32;
export const ROUTED_START: usize = 36;
export const ROUTED_END: usize = 40;
export const CATEGORY_SET: usize = 112;
export const GAIN: usize = 48;
export const LEFT_GRADIENTS: usize = 56;
export const LEFT_HESSIANS: usize = 64;
export const SUM_GRADIENTS: usize = 72;
export const SUM_HESSIANS: usize = 80;
export const LOWER_BOUND: usize = 88;
export const UPPER_BOUND: usize = 96;
export const VALUE: usize = 104;
export const NODE_BYTES: usize = 144;
