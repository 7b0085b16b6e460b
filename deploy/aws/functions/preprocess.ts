import { createSilentContext } from '../../../src/base/job-context.ts';
import { openStore } from '../../../src/pipeline/store-address.ts';
import { prepareCloudRetrain } from '../../../src/pipeline/cloud-steps.ts';

interface Event {
  readonly input?: { readonly target?: string };
}

/** What there is to learn from, as a snapshot; `changed` is false where these rows were decided on before. */
export async function handler({ input }: Event) {
  const { STORE = '', TARGET } = process.env;
  const store = await openStore(STORE, { allowsUnconditional: true });
  const target = input?.target ?? TARGET;
  return prepareCloudRetrain(store, STORE, { ...(target && { target }) }, createSilentContext(Date.now));
}
