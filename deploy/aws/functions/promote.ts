import { createSilentContext } from '../../../src/base/job-context.ts';
import { type CloudTraining, judgeCloudTraining } from '../../../src/pipeline/cloud-steps.ts';
import { openStore } from '../../../src/pipeline/store-address.ts';
import { updatePointer } from '../../../src/pipeline/store-versions.ts';

/** The endpoint serves the new model: the log says so, and the pointer. Throws where another one became champion and beats it. */
export async function handler(event: CloudTraining) {
  const { STORE = '', RULE = 'paired' } = process.env;
  const store = await openStore(STORE, { allowsUnconditional: true });
  const { deploy, version, verdict } = await judgeCloudTraining(store, STORE, event, {
    rule: RULE === 'strict' ? 'strict' : 'paired',
    leavesPromotion: false,
    now: Date.now,
    job: createSilentContext(Date.now),
  });
  if (!deploy)
    throw new Error(
      `version ${version} serves, and the gate refuses it against the new champion: ${verdict}`,
    );
  return { version, pointer: await updatePointer(store) };
}
