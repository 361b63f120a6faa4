/**
 * What a queue costs: `npm run bench:queue -- many`, `npm run bench:queue -- overhead`; see bench/README.md. Needs redis-server.
 */
import { Command, Option } from 'commander';
import { measureMany } from './many.js';
import { measureOverhead } from './overhead.js';

const program = new Command('bench:queue').description('overhead, many trials, memory of the coordinator');

program
  .command('many')
  .description('a study of many tiny trials, which two workers answer without training')
  .addOption(new Option('--trials <n>', 'trials, an even number').default(500).argParser(Number))
  .action(async ({ trials }: { trials: number }) => print(await measureMany(trials)));

program
  .command('overhead')
  .description('the same trials on this machine and by a queue with two workers, in turns')
  .addOption(new Option('--seconds <n>', 'length of a trial, about').default(30).argParser(Number))
  .addOption(new Option('--rounds <n>', 'rounds').default(3).argParser(Number))
  .action(async (options: { seconds: number; rounds: number }) => {
    for await (const round of measureOverhead(options)) print(round);
  });

await program.parseAsync();
process.exit();

function print(what: object): void {
  console.log(JSON.stringify(what));
}
