/** Does work that comes in steps to its end, for callers that need not yield between them. */
export function runToEnd<Result>(steps: Generator<unknown, Result, unknown>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
