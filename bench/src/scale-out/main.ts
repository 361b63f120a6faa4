/** Studies on several machines, simulated and measured: `npm run bench:scale -- <what>`; see bench/README.md. */
import { Command, Option } from 'commander';
import { measureCosts } from './measure/costs.js';
import { compareWithReality } from './real/compare.js';
import { scenarioTables } from './tables.js';

const program = new Command('bench:scale').description('studies on several machines, simulated');

program
  .command('simulate')
  .description('a study of the size of MIMIC-CXR on 1 to 64 workers')
  .addOption(new Option('--seed <n>', 'seed of the simulation').default(1).argParser(Number))
  .action(({ seed }: { seed: number }) => console.log(scenarioTables(seed)));

program
  .command('measure')
  .description('what coordinator and queue do for a trial, in processor seconds of this machine')
  .action(async () => console.log(JSON.stringify(await measureCosts(), null, 2)));

program
  .command('real')
  .description(
    'small studies with 1, 2 and 4 workers on this machine, beside what the simulation says; needs redis-server and a build',
  )
  .action(async () => console.log(await compareWithReality([1, 2, 4])));

await program.parseAsync();
