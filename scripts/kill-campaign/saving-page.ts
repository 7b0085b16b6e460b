import { openRegistry } from '#registry/indexeddb-registry.ts';
import type { DatasetRecord, ModelRecord, Recovery, ScenarioRecord } from '#registry/records.ts';
import type { Registry } from '#registry/registry.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { Pledge } from './pledge.ts';

// Runs in an empty page of the browser: the product's own registry saves there, and is asked what it has.

/** What the campaign calls in the page. */
export interface SavingPage {
  /** Opens the registry: what it says of a loss. */
  readonly open: () => Promise<Recovery | null>;
  /** Saves things of every kind, one after the other, `rounds` times; `acknowledge` hears of each once it is saved. */
  readonly save: (from: number, rounds: number) => Promise<void>;
  /** The pledges that are not kept, with what is there instead. */
  readonly findBroken: (pledges: readonly Pledge[]) => Promise<readonly BrokenPledge[]>;
}

export interface BrokenPledge {
  readonly pledge: Pledge;
  readonly found: string;
}

type CampaignWindow = typeof globalThis & {
  campaign: SavingPage;
  acknowledge: (pledge: Pledge) => Promise<void>;
};
const page = globalThis as CampaignWindow;

let registry: Registry;

/** Digits that follow from a number and hardly compress. */
function write(serial: number, length: number): string {
  let state = serial * 2654435761 + 1;
  const digits: string[] = [];
  for (let i = 0; i < length; i += 8) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    digits.push((state >>> 0).toString(16).padStart(8, '0'));
  }
  return digits.join('');
}

const writeModel = (serial: number) => write(serial, 20_000 + (serial % 7) * 100_000);
const writeData = (serial: number) => write(serial, 5_000 + (serial % 5) * 50_000);

function createDataset(serial: number): DatasetRecord {
  return {
    id: `d${serial}`,
    name: `d${serial}.csv`,
    bytes: new Blob([writeData(serial)]),
    sample: null,
    overrides: {},
    roles: [],
    recipe: null,
    ignoredFindings: [],
    unit: null,
    factors: null,
  };
}

function createModel(serial: number, datasetId: string): ModelRecord {
  const target = { name: 'Durée', unit: 'day' } as const;
  const entry = { id: `m${serial}`, datasetId, name: 'linear', target, nTrainingRows: 9, hash: 'h' } as const;
  return { ...entry, fromSample: false, savedAt: serial, result: null, text: writeModel(serial) };
}

function createScenario(modelId: string, serial: number): ScenarioRecord {
  const typical = { cells: [1, 'a', null], origin: null, isOwn: false };
  return { modelId, scenario: typical, reference: typical, targetDuration: serial };
}

const scores = { mae: 3, rmse: 4, r2: NaN };
const createSecondOpinion = (serial: number) =>
  ({
    score: {
      id: 'neural',
      name: 'neural',
      scale: 'identity',
      isReference: false,
      cv: { ...scores, sd: 1 },
      test: scores,
      details: null,
      toBest: null,
    },
    nTest: serial,
    theirs: { coverage: 0.75, meanWidth: NaN },
    band: [0.6, 0.95],
    disagreement: null,
    isStopped: false,
  }) as const;

async function saveRound(next: () => number): Promise<void> {
  const acknowledge = (kind: Pledge['kind'], owner: string, serial: number) =>
    page.acknowledge({ kind, owner, serial });
  const [data, model] = [next(), next()];
  const [datasetId, modelId] = [`d${data}`, `m${model}`];
  await registry.saveDataset(createDataset(data));
  await acknowledge('data', datasetId, data);
  await registry.saveModel(createModel(model, datasetId), createScenario(modelId, model));
  await acknowledge('model', modelId, model);
  for (let i = 0; i < 3; i++) {
    const scenario = next();
    await registry.saveScenario(createScenario(modelId, scenario));
    await acknowledge('scenario', modelId, scenario);
  }
  const [decisions, settings, opinion] = [next(), next(), next()];
  await registry.updateDataset(datasetId, { ignoredFindings: [String(decisions)] });
  await acknowledge('decisions', datasetId, decisions);
  await registry.saveSettings({ ...defaultTrainingSettings, seed: settings });
  await acknowledge('settings', '', settings);
  await registry.saveSecondOpinion({ modelId, secondOpinion: createSecondOpinion(opinion) });
  await acknowledge('second-opinion', modelId, opinion);
}

/** What is found in place of a pledge; null where it is kept. A later state than the acknowledged one is kept too. */
async function findInstead({ kind, owner, serial }: Pledge): Promise<string | null> {
  const orLater = (found: number | null | undefined) =>
    found !== null && found !== undefined && found >= serial ? null : String(found);
  if (kind === 'settings') return orLater((await registry.load()).settings?.seed);
  if (kind === 'data' || kind === 'decisions') {
    const { dataset } = await registry.load();
    const shown = Number(dataset?.id.slice(1) ?? NaN);
    if (kind === 'decisions')
      return dataset?.id === owner ? orLater(Number(dataset.ignoredFindings[0] ?? NaN)) : null;
    const text = await dataset?.bytes.text();
    return shown >= serial && text === writeData(shown) ? null : `${dataset?.id}, ${text?.length} characters`;
  }
  const kept = await registry.loadModel(owner);
  if (kind === 'scenario') return orLater(kept?.scenario?.targetDuration);
  if (kind === 'second-opinion') return orLater(kept?.secondOpinion?.nTest);
  const isListed = (await registry.listModels()).some(({ id }) => id === owner);
  return isListed && kept?.model.text === writeModel(serial) ? null : `${kept?.model.text.length} characters`;
}

page.campaign = {
  open: async () => {
    registry = await openRegistry();
    return (await registry.load()).recovery;
  },
  save: async (from, rounds) => {
    let serial = from;
    for (let i = 0; i < rounds; i++) await saveRound(() => serial++);
  },
  findBroken: async (pledges) => {
    const broken: BrokenPledge[] = [];
    for (const pledge of pledges) {
      const found = await findInstead(pledge);
      if (found !== null) broken.push({ pledge, found });
    }
    return broken;
  },
};
