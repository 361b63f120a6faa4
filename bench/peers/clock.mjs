// What the JavaScript peers share: the task, the clock, and the line they answer with.

import { createRequire } from 'node:module';
import path from 'node:path';

/** The JSON document described in bench/src/measurement.ts. */
export const task = JSON.parse(process.argv[2]);

/** Loads a package from the folder where the peers are installed. */
export const load = createRequire(path.join(task.modules, 'package.json'));

/** Runs `step` again and again, then prints the measurement. */
export async function measure(step, { parameters, version }) {
  const seconds = [];
  const cpuSeconds = [];
  for (let number = 0; number < task.warmUp + task.steps; number++) {
    const cpu = process.cpuUsage();
    const started = performance.now();
    await step();
    if (number === 0) console.log('first step done');
    if (number < task.warmUp) continue;
    seconds.push((performance.now() - started) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds.push((user + system) / 1e6);
  }
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const measured = { secondsPerStep: median(seconds), cpuSecondsPerStep: median(cpuSeconds) };
  console.log(JSON.stringify({ parameters, ...measured, peakBytes, version }));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
