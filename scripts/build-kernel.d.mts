export function hashKernelSource(): string;
