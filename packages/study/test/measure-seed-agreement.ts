/**
 * Measures how far equal seeds of two arms agree, and with it whether seeds are nested in arms or crossed with them:
 *
 *     npx tsx --conditions=chromaray-source packages/study/test/measure-seed-agreement.ts [data sets] [seeds]
 *
 * On phantoms, the same networks that `calibrate` trains: one channel, gray three times, and two colour maps, every
 * one with the same list of seeds. Prints, for every pair of arms, the correlation over seeds of their test AUROCs,
 * pooled over data sets by Fisher's z, and what a crossed analysis would save: the standard error over seeds of the
 * paired difference divided by that of two independent arms.
 */
import { Random } from '@chromaray/base';
import { buildPreset, type ExampleSource, fit, type InputTransform, predict } from '@chromaray/engine';
import { auroc } from '@chromaray/evidence';
import { colourTable } from '@chromaray/imaging';
import { drawPart } from '../src/calibrate/trained-study.js';

const dataSets = Number(process.argv[2] ?? 5);
const seeds = Number(process.argv[3] ?? 20);
const design = { size: 24, mostRecordsPerPatient: 2, subtlety: 0.05 };
const epochs = 12;

const arms: Readonly<Record<string, InputTransform>> = {
  gray: { kind: 'gray' },
  repeat: { kind: 'repeat' },
  turbo: { kind: 'table', table: colourTable('turbo', {}) },
  viridis: { kind: 'table', table: colourTable('viridis', {}) },
};

const backend = { backend: 'onnxruntime', threads: 1 } as const;

async function scores(transform: InputTransform, train: ExampleSource, test: ExampleSource, seed: number) {
  const { size } = design;
  const { model } = await fit({
    model: buildPreset('small', { height: size, width: size, transform, seed }),
    train,
    options: {
      ...backend,
      batch: 16,
      learningRate: 0.004,
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam' },
      epochs,
      seed,
      select: 'last',
    },
  });
  return predict(model, test, backend);
}

const names = Object.keys(arms);
const values: number[][][] = [];
for (let d = 0; d < dataSets; d++) {
  const random = new Random('seed agreement').fork(d);
  const train = drawPart(120, design, random.fork('train'));
  const test = drawPart(300, design, random.fork('test'));
  const ofSet: number[][] = [];
  for (const name of names) {
    const ofArm: number[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      ofArm.push(auroc(test.labels, await scores(arms[name]!, train.source, test.source, seed)));
    }
    ofSet.push(ofArm);
    console.error(`data set ${d + 1}, ${name}: ${ofArm.map((value) => value.toFixed(4)).join(' ')}`);
  }
  values.push(ofSet);
}

console.log('| arms | correlation over seeds | 95 % interval | crossed / nested standard error |');
console.log('|---|---|---|---|');
for (let a = 0; a < names.length; a++) {
  for (let b = a + 1; b < names.length; b++) {
    const pairs = values.map((ofSet) => [ofSet[a]!, ofSet[b]!] as const);
    const z = pairs.reduce((sum, [x, y]) => sum + Math.atanh(correlation(x, y)), 0) / pairs.length;
    const half = 1.96 / Math.sqrt(pairs.length * (seeds - 3));
    const ratio = pairs.map(([x, y]) => deviation(x.map((v, s) => v - y[s]!)) / Math.hypot(deviation(x), deviation(y)));
    const shown = [z, z - half, z + half].map((value) => Math.tanh(value).toFixed(2));
    const saved = (ratio.reduce((sum, value) => sum + value, 0) / ratio.length).toFixed(2);
    console.log(`| ${names[a]}, ${names[b]} | ${shown[0]} | ${shown[1]} to ${shown[2]} | ${saved} |`);
  }
}

function mean(x: readonly number[]): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

function deviation(x: readonly number[]): number {
  const centre = mean(x);
  return Math.sqrt(x.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (x.length - 1));
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const product = x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / (x.length - 1);
  return product / deviation(x) / deviation(y);
}
