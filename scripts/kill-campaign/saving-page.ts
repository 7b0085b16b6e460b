import { toAppError } from '#base/errors.ts';
import { openRegistry } from '#registry/indexeddb-registry.ts';
import type { DatasetRecord, ModelRecord, Recovery, ScenarioRecord } from '#registry/records.ts';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Registry } from '#registry/registry.ts';
import type { Submission } from '#registry/version-records.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { nameVersion } from '#versions/model-version.ts';
import { openLog } from '#versions/version-log.ts';
import { act, readSoundVersion } from '#versions/version-store.ts';
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

function createSubmission({ name, target, nTrainingRows, text }: ModelRecord): Submission {
  const known = { model: 'a'.repeat(64), name, target, nTrainingRows, nBytes: text.length, seed: 1 };
  return {
    facts: { ...known, data: null, app: null, settings: null, figures: null },
    signature: { by: 'campaign', at: 0, reason: 'to be killed in the midst' },
  };
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
  const record = createModel(model, datasetId);
  await registry.saveModel(record, createScenario(modelId, model), createSubmission(record));
  await acknowledge('model', modelId, model);
  await promoteVersion(nameVersion(utf8ToBytes(record.text)), model, acknowledge);
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

/** A log that was said to be torn takes no more entries. */
async function promoteVersion(
  version: string,
  serial: number,
  acknowledge: (kind: Pledge['kind'], owner: string, serial: number) => Promise<void>,
): Promise<void> {
  const { broken } = openLog(await registry.versions.readLog());
  if (broken) return;
  await acknowledge('version', version, serial);
  const promotion = { kind: 'promote', version, gate: null, isForced: true } as const;
  const signature = { by: 'campaign', at: serial, reason: 'to be killed in the midst' };
  // Told that another tab was faster, a person asks once more.
  for (let isOwn = false; !isOwn;) {
    isOwn = openLog(await registry.versions.readLog()).log.state.champion === version;
    if (isOwn) break;
    isOwn = await act(registry.versions, promotion, signature).then(
      () => true,
      (thrown: unknown) => {
        if (toAppError(thrown).code !== 'log-moved') throw thrown;
        return false;
      },
    );
  }
  await acknowledge('champion', version, serial);
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
  if (kind === 'version' || kind === 'champion') return findVersionInstead(kind, owner);
  const kept = await registry.loadModel(owner);
  if (kind === 'scenario') return orLater(kept?.scenario?.targetDuration);
  if (kind === 'second-opinion') return orLater(kept?.secondOpinion?.nTest);
  const isListed = (await registry.listModels()).some(({ id }) => id === owner);
  return isListed && kept?.model.text === writeModel(serial) ? null : `${kept?.model.text.length} characters`;
}

/** The chain holds, the version is there byte for byte, and one that was promoted has been champion. */
async function findVersionInstead(kind: 'version' | 'champion', id: string): Promise<string | null> {
  const { log, broken } = openLog(await registry.versions.readLog());
  if (broken) return `the log breaks at ${broken.entry}`;
  const version = log.state.versions.find((each) => each.id === id);
  if (!version || (kind === 'champion' && !version.wasPromoted)) return `${log.entries.length} entries`;
  const bytes = await readSoundVersion(registry.versions, id).catch(() => null);
  return bytes === null ? 'no bytes' : null;
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
