import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Signature, VersionFacts } from '../contract.ts';
import type { GateReport, GateVerdict } from '../gate/contract.ts';
import { nameVersion } from '../model-version.ts';

/** A version of its own for each number: text with accents, so that bytes and characters differ. */
export function createSampleVersion(number: number) {
  const bytes = utf8ToBytes(`{"modèle":${number},"durée":"été"}`);
  const facts: VersionFacts = {
    model: nameVersion(utf8ToBytes(String(number))),
    name: 'gradient-boosting',
    target: { name: 'Durée', unit: 'day' },
    nTrainingRows: 100 + number,
    data: null,
    nBytes: bytes.length,
    seed: number,
    app: '0.1.0',
    settings: { folds: 5, '10': 'x' },
    figures: { n: 20, mae: 3.5, rmse: 4.5 },
  };
  return { id: nameVersion(bytes), bytes, facts };
}

export function sign(reason = 'for the sake of the test'): Signature {
  return { by: 'Ève', at: 1_790_000_000_000, reason };
}

export function createSampleReport(verdict: GateVerdict, changes: Partial<GateReport> = {}): GateReport {
  const errors = { mae: 3, mse: 12, bias: 0.5, pinball: null };
  return {
    verdict,
    deploy: verdict === 'proven-better',
    n: 60,
    unit: 'day',
    old: errors,
    new: { ...errors, mae: 2.9 },
    difference: { value: -0.1, low: -0.2, high: -0.01 },
    test: 'sign-flip',
    nUnits: 12,
    tolerance: 0.03,
    needed: 400,
    guardrails: [],
    rows: { read: 80, finished: 60, underWay: 1, learntByOld: 0, learntByNew: 0, unanswered: 0 },
    seed: 1,
    ...changes,
  };
}
