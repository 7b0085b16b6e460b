import { refuseImport } from './refuse-import.ts';

/** Texts, which stay as they are, and the three numbers that XGBoost writes and JSON does not know. */
const STRANGERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gsu;

/** JSON in which bare `NaN` (read as null) and `Infinity` may stand for numbers. Throws `import-invalid`. */
export function parseTolerantJson(text: string): unknown {
  const plain = text.replace(STRANGERS, (found) => {
    if (found.startsWith('"')) return found;
    return found === 'NaN' ? 'null' : found.replace('Infinity', '1e999');
  });
  try {
    return JSON.parse(plain);
  } catch (thrown) {
    return refuseImport(`no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
