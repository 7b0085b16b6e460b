import { strToU8, zipSync } from 'fflate';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { ExportedModel } from '#interop/contract.ts';
import { exportModel } from '#interop/export-model.ts';
import type { ExportModelRequest } from './contract.ts';

/** The open model in the form of another tool. Throws `export-refused`. */
export function exportOpenModel(
  { model, description, calibration }: ModelAtWork,
  { format, words, isPacked = false }: ExportModelRequest,
): ExportedModel {
  const { intervals = null, classColumn = null } = calibration ?? {};
  const exported = exportModel({ model, description, intervals, classColumn }, format, words);
  if (!isPacked || format === 'excel') return exported;
  const { bytes, extension, parity } = exported;
  const packed = zipSync({ [`model${extension}`]: bytes, 'parity.json': strToU8(parity) });
  return { ...exported, bytes: packed, extension: '.zip' };
}
