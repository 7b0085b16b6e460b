/** The rules of our own, for oxlint. */
import { arrows } from './arrows.mjs';
import { folderCycles } from './folder-cycles.mjs';

export default { meta: { name: 'tranche' }, rules: { arrows, 'folder-cycles': folderCycles } };
