import type { ColumnType } from './table.ts';

/** What a column is to the planner. One column has one role; `context` and `lever` become features. */
export const columnRoles = [
  'target', // the actual duration, to be learnt
  'start', // when the outage began; with `end` it gives the duration, alone it orders the outages
  'end', // when it ended: gives the duration away, never a feature
  'announced', // the planner's own announced duration: scored beside the models, and what some of them correct
  'lever', // something a planner can change: crew, resources
  'context', // something known at the start and given
  'identifier', // which outage: never a feature
  'version', // which revision of the outage: the latest counts
  'date', // another date known at the start: a feature
  'group', // unit, site: a feature, and what group splits and history go by
  'ignore',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** The roles whose columns the models learn from; the start counts as well, by its season. */
export const featureRoles: readonly ColumnRole[] = ['lever', 'context', 'group', 'date'];

/** Why a role was proposed, as a code the screens word. */
export type RoleReason =
  | 'name' // the column's name says so
  | 'values' // its values say so
  | 'known-after' // it is known only once the outage is over: it gives the target away
  | 'known-later' // not yet known at the horizon of the training
  | 'constant'
  | 'unique' // a different label on every row
  | 'too-many-categories'
  | 'default'
  | 'user';

/** A column that gives the answer away, with the evidence a person can check. */
export interface LeakFinding {
  readonly column: string;
  readonly kind:
    | 'end-date'
    | 'copy-of-target'
    | 'power-times-duration'
    | 'class-of-target'
    | 'correlation'
    | 'status'
    | 'name';
  /** Strength of the link with the target in [0, 1] where it was measured. */
  readonly strength?: number;
  /** The other column the link goes through (start, power), where there is one. */
  readonly through?: string;
}

/**
 * When the cell of a column is known: `long-before` the outage (its unit, its type, the month it is planned for),
 * `at-start` only (the power before, the hour, how many units are down by then), or `afterwards` (what gives the
 * duration away, and what is written down once it is over).
 */
export type KnownWhen = (typeof knownWhens)[number];
export const knownWhens = ['long-before', 'at-start', 'afterwards'] as const;

/** What a person knows of a column of numbers: the more of it, the shorter an outage lasts, all else equal, or the longer. */
export type Direction = (typeof directions)[number];
export const directions = ['shorter', 'longer'] as const;

/** The more of a column, the shorter an outage lasts, or the longer, all else equal. */
export interface ExpectedColumn {
  readonly column: string;
  readonly direction: Direction;
}

/** Whether a direction can be expected of a column: of what a planner changes, and of what is given. */
export function canBeDirected(role: ColumnRole, type: ColumnType): boolean {
  return type === 'number' && (role === 'lever' || role === 'context');
}

export interface RoleAssignment {
  readonly column: string;
  readonly role: ColumnRole;
  readonly reason: RoleReason;
  readonly leak?: LeakFinding;
  /** When its cells are known, where a person said so; else `known-when.ts` finds out. */
  readonly knownWhen?: KnownWhen;
  /** The direction that a person expects; absent: they have no opinion. */
  readonly expected?: Direction;
}

/** Whether a person said something of the column. */
export function isDecided({ reason, knownWhen, expected }: RoleAssignment): boolean {
  return reason === 'user' || knownWhen !== undefined || expected !== undefined;
}
