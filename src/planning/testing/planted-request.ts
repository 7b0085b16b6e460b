import type { CellRow } from '#data/cell.ts';
import type { PlanRequest } from '../contract.ts';

/** Asks for the least P80 of a planted case, its people, shifts and tasks being levers. */
export function createPlanRequest(cells: CellRow, changes: Partial<PlanRequest> = {}): PlanRequest {
  return {
    cells,
    from: 'file',
    levers: [
      { column: 'Effectif', min: 14, max: 34 },
      { column: 'Équipes' },
      { column: 'Tâches', min: 2, max: 7 },
    ],
    objective: 'p80',
    timeCost: 100,
    costLevel: 'p80',
    target: null,
    wantsFront: false,
    maxSeconds: 1e9,
    ...changes,
  };
}
