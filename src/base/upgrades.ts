/**
 * A step from one version of kept content to the next. L1 numbers run from 2 to the current version without a gap, and no
 * step is ever removed or changed. L2 a step leaves its input alone. L3 what is no content of its version it passes on or
 * refuses: the schema of the current version judges the rest.
 */
export interface Upgrade<Content> {
  /** The version it leads to. */
  readonly to: number;
  /** What changed, for whoever reads the list as a changelog. */
  readonly change: string;
  readonly up: (content: Content) => Content;
}

/** Content of a version through all the steps after it. */
export function applyUpgrades<Content>(
  upgrades: readonly Upgrade<Content>[],
  content: Content,
  version: number,
): Content {
  return upgrades.filter(({ to }) => to > version).reduce((before, { up }) => up(before), content);
}
