import type { Detector, Evidence, Observation } from './detector.ts';

/** What a detector says after all observations. O(observations × bets). */
export function runDetector(detector: Detector, observations: readonly Observation[]): Evidence {
  return detector.evidence(observations.reduce(detector.update, detector.start()));
}

/** The value after each observation: the path that a chart shows. */
export function traceDetector(
  detector: Detector,
  observations: readonly Observation[],
): readonly { readonly at: number; readonly value: number }[] {
  let state = detector.start();
  return observations.map((observation) => {
    state = detector.update(state, observation);
    return { at: observation.at, value: state.value };
  });
}
