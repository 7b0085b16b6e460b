import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { createSilentContext } from '../../../src/base/job-context.ts';
import { type CloudTraining, judgeCloudTraining } from '../../../src/pipeline/cloud-steps.ts';
import { openStore } from '../../../src/pipeline/store-address.ts';

const sagemaker = new SageMakerClient();

/** Whether the trained model may take the champion's place; both mean squared errors are in the answer. */
export async function handler(event: CloudTraining) {
  const { STORE = '', ENDPOINT = '', RULE = 'paired' } = process.env;
  const store = await openStore(STORE, { allowsUnconditional: true });
  const rule = RULE === 'strict' ? 'strict' : 'paired';
  const decision = await judgeCloudTraining(store, STORE, event, {
    rule,
    leavesPromotion: true,
    now: Date.now,
    job: createSilentContext(Date.now),
  });
  return { ...decision, ...(await findEndpoint(ENDPOINT)) };
}

async function findEndpoint(EndpointName: string) {
  try {
    const { EndpointConfigName } = await sagemaker.send(new DescribeEndpointCommand({ EndpointName }));
    return { endpointExists: true, previousConfig: EndpointConfigName ?? null };
  } catch (thrown) {
    // SageMaker words it so where there is none; anything else is a fault.
    if (thrown instanceof Error && thrown.message.startsWith('Could not find endpoint'))
      return { endpointExists: false, previousConfig: null };
    throw thrown;
  }
}
