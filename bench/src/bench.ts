import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Contender } from './contender.js';
import { type Effort, measure } from './measure.js';
import type { BenchOptions } from './options.js';
import { ourselves } from './ourselves.js';
import { peers, references } from './peers/index.js';
import { formatTable, type Section, summarise } from './table.js';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Measures every setting asked for and prints one table. */
export async function bench(options: BenchOptions): Promise<void> {
  const { contenders, missing } = await prepare(options);
  const settings = options.models.flatMap((network) =>
    options.mode.flatMap((mode) => options.batch.map((batch) => ({ network, mode, batch }))),
  );
  const weights = path.resolve(options.weights);
  const { threads, rounds, steps, limit } = options;
  const effort: Effort = { threads, rounds, steps, limitSeconds: limit, weights, clock: options.clock };
  const sections: Section[] = [];
  const documents: unknown[] = [];
  for (const setting of settings) {
    const { network, mode, batch } = setting;
    const title = `${network.preset}, ${mode}, batch ${batch}`;
    if (network.pretrained && !existsSync(weights)) say(`No weights at ${weights}: ${title} begins at random ones.`);
    const { runs, failures } = await measure(setting, contenders, effort, say);
    const results = summarise(runs, batch, references, options.clock);
    sections.push({ title, results, failures });
    const failed = Object.fromEntries(failures);
    documents.push({ model: network.preset, mode, batch, threads, results, failures: failed });
  }
  const machine = { cpu: os.cpus()[0]?.model.trim(), threads, clock: options.clock, node: process.version };
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ machine, missing, measurements: documents }, null, 2)}\n`);
  } else {
    process.stdout.write(
      `${machine.cpu}, ${threads} threads, ${options.clock} time\n${formatTable(sections, references)}\n`,
    );
    for (const [peer, reason] of Object.entries(missing)) process.stdout.write(`${peer} is missing: ${reason}\n`);
  }
}

async function prepare(options: BenchOptions) {
  const contenders: Contender[] = [];
  const missing: Record<string, string> = {};
  for (const peer of peers) {
    if (options.peers === false || !options.peers.includes(peer.name)) continue;
    const prepared = await peer.prepare(say);
    if ('contender' in prepared) contenders.push(prepared.contender);
    else missing[peer.name] = prepared.missing;
  }
  contenders.push(...options.backends.map(ourselves));
  return { contenders, missing };
}
