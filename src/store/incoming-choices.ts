import type { AppState, IncomingUse } from './state.ts';

/** What may become of a table that comes while something is open. */
export interface IncomingChoice {
  readonly id: IncomingUse;
  readonly isOffered: (state: Pick<AppState, 'dataset' | 'model'>) => boolean;
  readonly take: (state: AppState, file: File) => Promise<void>;
}

/** In the order in which they are offered; another is one more row here, and its words. */
export const incomingChoices: readonly IncomingChoice[] = [
  {
    id: 'predict',
    isOffered: ({ model }) => model !== null,
    take: ({ predictFile }, file) => predictFile(file),
  },
  {
    id: 'append',
    isOffered: ({ dataset }) => dataset !== null && dataset.sample === null,
    take: ({ appendFile }, file) => appendFile(file),
  },
  {
    id: 'factors',
    isOffered: ({ dataset }) => dataset !== null,
    take: ({ addFactors }, file) => addFactors(file),
  },
  {
    id: 'replace',
    isOffered: () => true,
    take: ({ openFile }, file) => openFile(file),
  },
];
