/**
 * One A/A study with real training: phantoms are drawn, two identical arms are trained on them with seeds of
 * their own, and both read the same test part. Whatever differs between the arms is chance, so the truth is 0.
 * Everything is small enough that a study takes seconds.
 */
import type { Random } from '@chromaray/base';
import { arraySource, buildPreset, type ExampleSource, fit, predict } from '@chromaray/engine';
import { drawAnatomy, drawExposure, drawPathology, renderPhantom } from '@chromaray/imaging';
import type { ArmsScores } from './judge.js';

/** How large a trained study is. */
export interface TrainedDesign {
  readonly trainPatients: number;
  readonly testPatients: number;
  readonly mostRecordsPerPatient: number;
  readonly seeds: number;
  /** Pixels a side. */
  readonly size: number;
  readonly epochs: number;
  /** Of the phantoms: 0 obvious pneumonia, 1 invisible. */
  readonly subtlety: number;
}

export const trainedDesign: TrainedDesign = {
  trainPatients: 60,
  testPatients: 80,
  mostRecordsPerPatient: 2,
  seeds: 3,
  size: 24,
  epochs: 5,
  subtlety: 0.2,
};

const training = { batch: 16, learningRate: 0.004 } as const;

/**
 * Draws, trains and predicts one study.
 *
 * @param random all its chance; the same state gives the same study on the same machine
 */
export async function trainedStudy(design: TrainedDesign, random: Random, signal: AbortSignal): Promise<ArmsScores> {
  const train = drawPart(design.trainPatients, design, random.fork('train'));
  const test = drawPart(design.testPatients, design, random.fork('test'));
  const arm = async (name: string): Promise<Float32Array[]> => {
    const ofArm = random.fork(name);
    const scores: Float32Array[] = [];
    for (let i = 0; i < design.seeds; i++) {
      scores.push(await trainAndPredict(train.source, test.source, design, ofArm.fork(i).int(2 ** 31), signal));
    }
    return scores;
  };
  return { labels: test.labels, patients: test.patients, control: await arm('control'), arms: [await arm('arm')] };
}

async function trainAndPredict(
  train: ExampleSource,
  test: ExampleSource,
  { size, epochs }: TrainedDesign,
  seed: number,
  signal: AbortSignal,
): Promise<Float32Array> {
  const model = buildPreset('small', { height: size, width: size, transform: { kind: 'gray' }, seed });
  const backend = { backend: 'onnxruntime', threads: 1 };
  const trained = await fit({
    model,
    train,
    options: {
      ...training,
      ...backend,
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam' },
      epochs,
      seed,
      select: 'last',
    },
    signal,
  });
  return predict(trained.model, test, backend);
}

interface DrawnPart {
  readonly source: ExampleSource;
  readonly labels: Uint8Array;
  readonly patients: Int32Array;
}

export function drawPart(
  patients: number,
  design: Pick<TrainedDesign, 'size' | 'mostRecordsPerPatient' | 'subtlety'>,
  random: Random,
): DrawnPart {
  const { size, mostRecordsPerPatient, subtlety } = design;
  const pictures: Uint8Array[] = [];
  const labels: number[] = [];
  const ofPatient: number[] = [];
  for (let patient = 0; patient < patients; patient++) {
    const own = random.fork(patient);
    const positive = patient % 2 === 1;
    const kind = positive ? (own.fork('kind').float() < 0.6 ? 'bacteria' : 'virus') : 'normal';
    const anatomy = drawAnatomy(own.fork('anatomy'));
    const pathology = drawPathology(kind, subtlety, anatomy, own.fork('pathology'));
    const records = 1 + own.fork('records').int(mostRecordsPerPatient);
    for (let record = 0; record < records; record++) {
      const exposure = drawExposure(own.fork(`exposure/${record}`));
      pictures.push(renderPhantom(anatomy, pathology, exposure, size, own.fork(`noise/${record}`)).data);
      labels.push(positive ? 1 : 0);
      ofPatient.push(patient);
    }
  }
  const pixels = new Uint8Array(pictures.length * size * size);
  for (const [i, picture] of pictures.entries()) pixels.set(picture, i * size * size);
  const source = arraySource({ shape: [1, size, size], pixels, targets: labels });
  return { source, labels: Uint8Array.from(labels), patients: Int32Array.from(ofPatient) };
}
