import type { Words } from '#language/words.ts';
import type { AppState } from '#store/state.ts';

/** What is back, and what is not and what to do about it. */
export function tellRecovery(
  { nModels, files, nLostModels, lostFiles, isBehind }: NonNullable<AppState['recovery']>,
  { t, count, format }: Words,
): readonly string[] {
  const back = [...(nModels > 0 ? [count('shell.recovery.models', nModels)] : []), ...files];
  const isWhole = nLostModels === 0 && lostFiles.length === 0 && !isBehind;
  return [
    back.length > 0 ? t('shell.recovery.back', { names: back.join(', ') }) : t('shell.recovery.nothing'),
    ...(isWhole ? [t('shell.recovery.whole')] : []),
    ...(lostFiles.length > 0 ? [t('shell.recovery.lostFiles', { names: lostFiles.join(', ') })] : []),
    ...(nLostModels > 0 ? [t('shell.recovery.lostModels', { n: format.number(nLostModels, 0) })] : []),
    ...(isBehind && back.length > 0 ? [t('shell.recovery.behind')] : []),
  ];
}
