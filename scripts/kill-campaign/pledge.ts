/** A save that was acknowledged: what must be found again. What it wrote follows from its number. */
export interface Pledge {
  readonly kind:
    'data' | 'model' | 'scenario' | 'second-opinion' | 'settings' | 'decisions' | 'version' | 'champion';
  readonly serial: number;
  /** Of the model or the file it belongs to. */
  readonly owner: string;
}

/** What has been acknowledged: of each thing that changes the last state, of what is added all. */
export function createLedger() {
  const pledges = new Map<string, Pledge>();
  const keyOf = ({ kind, owner }: Pledge) =>
    kind === 'settings' || kind === 'data' ? kind : `${kind} ${owner}`;
  return {
    add: (pledge: Pledge): void => void pledges.set(keyOf(pledge), pledge),
    /** It was said to be lost. */
    forget: (pledge: Pledge): void => void pledges.delete(keyOf(pledge)),
    list: (): readonly Pledge[] => [...pledges.values()],
  };
}
