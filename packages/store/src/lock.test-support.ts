import { holdFolder } from './lock.js';

// Runs in a process of its own: tries for the lock, says how it went, and holds it until standard input ends.
process.stdin.once('data', () => {
  try {
    holdFolder(process.argv[2]!);
    process.stdout.write('held\n');
  } catch (error) {
    process.stdout.write(`${(error as { code: string }).code}\n`);
    process.exit();
  }
});
process.stdout.write('ready\n');
process.stdin.on('end', () => process.exit());
