/** `npm run fuzz:project -- 20000 [seed]`: hostile project files; exit 1 where one opens as another, crashes or takes over 5 s. */
import { runHostileProjects } from '#versions/testing/hostile-projects.ts';

const [nFiles = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const tally = runHostileProjects(nFiles, seed, () => performance.now());
console.log(JSON.stringify({ ...tally, seed }, null, 1));
process.exitCode = tally.changed + tally.crashed.length + tally.slow === 0 ? 0 : 1;
