import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from './server.js';
import { tinyStudy } from './tiny-study.js';

/** A study of a data set of the opened folder that was begun and stopped. */
export async function beginStudy(server: Server, folder: string, name: string, dataset: string): Promise<void> {
  const text = await tinyStudy(folder, name, 1, 1);
  writeFileSync(path.join(folder, `${name}.yaml`), text.replace('path: phantoms', `path: ${dataset}`));
  await server.ask('/studies/start', { file: `${name}.yaml` });
  // Its folder holds the study file once the run has begun.
  while (!existsSync(path.join(folder, 'studies', name, 'study.yaml'))) await wait(200);
  await server.ask(`/studies/${name}/stop`, {}).catch(() => undefined);
}
