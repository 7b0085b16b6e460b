import { AppError } from '#base/errors.ts';
import { chooseLeadDays } from './choose-lead.ts';
import { atStart, type AskedHorizon, type Horizon } from '../known-when.ts';
import { findRoleColumn } from '../role-columns.ts';
import type { RoleAssignment } from '../roles.ts';
import type { Table } from '../table.ts';

export const MAX_LEAD_DAYS = 3660;

/** The horizon with its lead. Throws `invalid-setting` for planning without start dates, and for a lead beyond ten years. */
export function resolveHorizon(table: Table, roles: readonly RoleAssignment[], asked: AskedHorizon): Horizon {
  if (asked.kind === 'start') return atStart;
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  if (!start) {
    throw new AppError('invalid-setting', 'planning needs a column of start dates', {
      name: 'horizon',
      value: 'plan',
    });
  }
  const leadDays = asked.leadDays ?? chooseLeadDays(start.values);
  if (!(leadDays >= 0 && leadDays <= MAX_LEAD_DAYS)) {
    throw new AppError('invalid-setting', `leadDays must be in [0, ${MAX_LEAD_DAYS}], got ${leadDays}`, {
      name: 'leadDays',
      value: leadDays,
      min: 0,
      max: MAX_LEAD_DAYS,
    });
  }
  return { kind: 'plan', leadDays };
}
