import { isChromarayError } from '@chromaray/base';
import { Command } from 'commander';
import { bench } from './bench.js';
import { exportedCommand } from './exported.js';
import { idleCommand } from './idle.js';
import { type BenchOptions, withBenchOptions } from './options.js';
import { precisionCommand } from './precision.js';
import { targetCommand } from './target/command.js';

const program = withBenchOptions(
  new Command('bench').description('Training steps and predictions side by side with other programs, on this machine'),
)
  .enablePositionalOptions()
  .action((options: BenchOptions) => bench(options))
  .addCommand(targetCommand())
  .addCommand(idleCommand())
  .addCommand(precisionCommand())
  .addCommand(exportedCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!isChromarayError(error)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n${error.remedy}\n`);
  process.exitCode = 1;
}
