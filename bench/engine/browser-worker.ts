/** What `bench/browser.ts` bundles and runs in a worker of the browser. */
import { fitModelsToCompare, runCases } from './cases.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: { wanted: string } }) => void;
  postMessage: (message: unknown) => void;
};

scope.onmessage = ({ data }) => {
  scope.postMessage({ kind: 'models', models: fitModelsToCompare() });
  runCases(
    () => performance.now(),
    data.wanted,
    (figure) => scope.postMessage({ kind: 'figure', figure }),
  );
  scope.postMessage({ kind: 'end' });
};
