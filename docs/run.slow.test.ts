/**
 * Runs what the pages tell a reader to run: every `sh` block marked `<!-- run -->`, in a folder with a small
 * synthetic data set at `chest_xray`, page after page; then the Python of docs/from-python.md on the study that
 * this has left.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../packages/cli/src/program.test-support.js';
import { blocksOf, chromarayArguments, commandsOf, pages, readPage } from './pages.test-support.js';

const study = path.join('studies', 'does-colour-help');
const before = process.cwd();
let folder = '';

beforeAll(async () => {
  // Inside node_modules, so that trials, which run in processes of their own, find the compiler of the sources.
  const place = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
  mkdirSync(place, { recursive: true });
  folder = mkdtempSync(path.join(place, 'chromaray-docs-'));
  process.chdir(folder);
  process.env.XDG_CACHE_HOME = path.join(folder, 'cache');
  await writePhantomDataset('chest_xray', { seed: 5, size: 64, patients: phantomPatients(80), subtlety: 0.1 });
});

afterAll(() => {
  process.chdir(before);
  delete process.env.XDG_CACHE_HOME;
  rmSync(folder, { recursive: true, force: true });
});

/** What a shell makes of `folder/*.jpeg`. */
function expand(word: string): readonly string[] {
  const { dir, base } = path.posix.parse(word);
  if (!base.startsWith('*.')) return [word];
  const names = readdirSync(dir).filter((name) => name.endsWith(base.slice(1)));
  return names.sort().map((name) => path.posix.join(dir, name));
}

/** A study starts a process for every trial, each of which compiles the sources; other tests run beside it. */
const patience = 180_000;

/** Cuts a study file down to two small arms, one seed and two epochs, so that a test can run it. */
function cutDown(file: string): void {
  const text = readFileSync(file, 'utf8')
    .replace(/size: \d+/, 'size: 32')
    .replace(/preset: [\w-]+/, 'preset: small')
    .replace(/epochs: \d+/, 'epochs: 2')
    .replace(/seeds: \[.*\]/, 'seeds: [1]')
    .replace(/^ *- \{ name: (?!gray,|turbo,).*\n/gm, '');
  writeFileSync(file, text);
}

describe('examples marked to be run', () => {
  for (const { page, text, runs } of pages.flatMap(blocksOf).filter((block) => block.runs !== null)) {
    const commands = commandsOf(text);
    it.each(commands.map((words, i) => [words.join(' '), words, i] as const))(
      `${page}: %s`,
      async (_, words, i) => {
        const args = chromarayArguments(words)!.flatMap(expand);
        // What is registered is what is run.
        if (args[0] === 'study' && ['register', 'run'].includes(args[1]!)) cutDown(args[2]!);
        const { exitCode, out, err } = await run(args);
        expect(exitCode, err).toBe(i === commands.length - 1 ? runs : 0);
        if (args.includes('--json')) JSON.parse(out);
        // One that finds something, as an audit, says it on the standard output and ends with 1; an error goes to the other.
        else expect((exitCode === 0 ? out : out + err).length).toBeGreaterThan(0);
      },
      patience,
    );
  }
});

describe('what docs/commands.md says a study leaves', () => {
  it('is what it leaves', () => {
    const table = /### Files a study leaves([\s\S]*?)\n## /.exec(readPage('docs/commands.md'))![1]!;
    const documented = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!.replace(/\/$/, ''));
    const left = readdirSync(study).filter((name) => !name.startsWith('.'));
    // Splits are there with `split.repeats`, a search with `tune`, checkpoints only until their trials are done, earlier verdicts only after an amendment.
    expect([...left, 'checkpoints', 'splits', 'tuning', 'tuning.json', 'verdicts'].sort()).toEqual(documented.sort());
    expect(readFileSync(path.join(study, 'predictions.csv'), 'utf8').split('\n')[0]).toBe(
      /`(arm,seed,[^`]*)`/.exec(table)![1],
    );
    expect(readdirSync(path.join(study, 'models')).sort()).toEqual(['gray-1.onnx', 'turbo-1.onnx']);
  });
});

const libraries = 'pandas, sklearn, onnxruntime, numpy';
const python = spawnSync('python3', ['-c', `import ${libraries}`]).status === 0;

describe.skipIf(!python)(`docs/from-python.md (skipped without python3 and ${libraries})`, () => {
  const code = blocksOf('docs/from-python.md')
    .filter(({ language }) => language === 'python')
    .map(({ text }) => text)
    .join('\n');

  it('reads the AUROCs, the epochs and the probabilities that the study found', () => {
    const found = `
gray = test[(test["arm"] == "gray") & (test["seed"] == 1)]
print("\\n" + json.dumps({
    "auroc": [[arm, int(seed), value] for (arm, seed), value in auroc.items()],
    "epochs": curves.shape, "trials": len(comparisons),
    "deviation": float(np.abs(probability - gray["probability"].to_numpy()).max()), "images": len(gray)}))`;
    const { status, stdout, stderr } = spawnSync('python3', ['-c', code + found], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const read = JSON.parse(stdout.trim().split('\n').at(-1)!);
    const verdict = JSON.parse(readFileSync(path.join(study, 'verdict.json'), 'utf8'));
    for (const [arm, seed, value] of read.auroc) {
      const { seeds, auroc } = verdict.arms.find((one: { arm: string }) => one.arm === arm);
      expect(auroc.perSeed[seeds.indexOf(seed)]).toBeCloseTo(value, 12);
    }
    expect(read.auroc).toHaveLength(2);
    expect(read.epochs).toEqual([2, 2]);
    expect(read.images).toBe(verdict.counts.test.records);
    expect(read.deviation).toBeLessThan(1e-5);
    expect(stdout).toContain(verdict.statement);
  });
});
