import type { TrainingResult } from '#training/contract.ts';
import { useAppStore } from '#store/use-app-store.ts';

/** Opens an outage of the file the model was trained on; null while another file is open, or none. */
export function useOpenOutage({ datasetId }: TrainingResult): ((row: number) => void) | null {
  const openOutage = useAppStore((state) => state.openOutage);
  const canOpen = useAppStore(({ dataset }) => dataset?.id === datasetId);
  return canOpen ? (row) => void openOutage(row) : null;
}
