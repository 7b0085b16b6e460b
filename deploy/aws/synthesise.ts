import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, Aspects, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { TrancheStack } from './stack.ts';

/** `npx tsx synthesise.ts` writes the template that is deployed without CDK; `--check` says whether it is up to date. */
const path = fileURLToPath(new URL('template.json', import.meta.url));

export function synthesise(): { readonly app: App; readonly stack: TrancheStack } {
  const app = new App({
    analyticsReporting: false,
    context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true },
  });
  const stack = new TrancheStack(app, 'tranche', {
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  Aspects.of(app).add(new AwsSolutionsChecks({ verbose: true }));
  return { app, stack };
}

export function writeTemplate({ app, stack }: ReturnType<typeof synthesise>): string {
  const template: unknown = app.synth().getStackByName(stack.stackName).template;
  return `${JSON.stringify(template, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = writeTemplate(synthesise());
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error('template.json is not what stack.ts makes: npx tsx deploy/aws/synthesise.ts');
    process.exit(1);
  }
}
