// What the kernel on shared memory asks of the thread that called it, and that of its helpers (`team-kernel.ts`).

@external("team", "buildHistogram")
export declare function buildHistogramTogether(start: i32, end: i32, slot: i32): void;

@external("team", "partitionNumbers")
export declare function partitionNumbersTogether(
  feature: i32,
  start: i32,
  end: i32,
  splitBin: i32,
  extraBin: i32,
): i32;

@external("team", "partitionCategories")
export declare function partitionCategoriesTogether(feature: i32, start: i32, end: i32): i32;
