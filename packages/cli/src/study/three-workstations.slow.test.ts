import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { opensslMissing } from '@chromaray/testing/certificates';
import { redisMissing } from '@chromaray/testing/queue-servers';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from './cli-process.test-support.js';
import { LocalNetwork, networkMissing } from './local-network.test-support.js';

const patience = 240_000;
const missing = networkMissing() ?? redisMissing ?? opensslMissing;
const page = readFileSync(fileURLToPath(new URL('../../../../docs/scale-out.md', import.meta.url)), 'utf8');
const tiny = new TinyStudy();
const network = new LocalNetwork(3);

beforeAll(() => (missing === undefined ? tiny.writeData() : undefined), patience);
afterAll(() => {
  if (missing === undefined) network.stop();
  tiny.remove();
});

describe(`three workstations${missing ? ` (${missing})` : ''}`, { timeout: patience }, () => {
  it.skipIf(missing)('run a study by the lines of the page as they stand there, with the bits of one', async () => {
    const [serve, work, run] = linesOf('Three workstations');
    network.start();
    tiny.writeStudyFile();
    const here = tiny.folder;
    const server = terminal(1, serve!, here);
    await shows(server, 'Serving ');
    for (const secret of ['key.pem', 'token']) expect(statSync(tiny.path(secret)).mode & 0o077).toBe(0);
    const helpers = [2, 3].map((machine) => {
      const folder = tiny.path(`lab-${machine}`);
      mkdirSync(folder);
      for (const file of ['cert.pem', 'token']) copyFileSync(tiny.path(file), path.join(folder, file));
      return terminal(machine, work!, folder);
    });
    for (const helper of helpers) await shows(helper, 'takes trials from redis://10.0.0.5');

    const study = terminal(1, run!, here);
    await shows(study, 'started on');
    const status = terminal(1, 'chromaray study status study.yaml', here);
    expect(await status.ended, status.said()).toBe(0);
    expect(status.said()).toMatch(/of 4 trials done/);
    // A row for each worker.
    expect(status.said().match(/\d threads? /g)).toHaveLength(2);
    expect(await study.ended, study.said()).toBe(0);
    expect(helpers.map((helper) => helper.said().match(/: done\./g)?.length ?? 0).reduce((a, b) => a + b)).toBe(4);

    const local = await runStudy(tiny.studyFile(), { studies: tiny.path('local') });
    const predictions = readFileSync(studyFolder(tiny.path('studies'), 'tiny').predictions, 'utf8');
    expect(predictions).toBe(readFileSync(local.folder.predictions, 'utf8'));
  });
});

/** The blocks of shell lines in a section of the page. Only the folder of the exchange is another here. */
function linesOf(section: string): readonly string[] {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`))!;
  const blocks = [...text.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, lines]) => lines!);
  return blocks.map((lines) => lines.replaceAll('/data/exchange', tiny.path('exchange')));
}

/** A terminal whose user has `chromaray` in his path, and a folder of caches of his own. */
function terminal(machine: number, lines: string, cwd: string) {
  const programs = tiny.path('bin');
  mkdirSync(programs, { recursive: true });
  const program = path.join(programs, 'chromaray');
  const words = [process.execPath, ...commandLine].map((word) => `'${word}'`).join(' ');
  writeFileSync(program, `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(program, 0o755);
  return network.terminal(machine, lines, cwd, {
    PATH: `${programs}:${process.env.PATH}`,
    XDG_CACHE_HOME: tiny.path(`caches-${machine}`),
  });
}

async function shows(screen: { said(): string; readonly ended: Promise<unknown> }, words: string): Promise<void> {
  let over = false;
  void screen.ended.then(() => {
    over = true;
  });
  await expect.poll(() => over || screen.said().includes(words), { timeout: patience / 3, interval: 100 }).toBe(true);
  expect(screen.said()).toContain(words);
}
