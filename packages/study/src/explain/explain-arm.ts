import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import type { ArmExplanation, ExplainedCase } from '@chromaray/contracts';
import type { Model } from '@chromaray/engine';
import { encodePng, type ImageOperations, resize, type Size } from '@chromaray/imaging';
import type { StudyScores, TrialScores } from '@chromaray/results';
import { calledName, calledSide, isCalledPositive, surestCases } from './choose-cases.js';
import { summariseEnergy } from './energy.js';
import { type Asked, type Maps, mapsOf } from './explain-pixels.js';
import { maskFile, readMask } from './masks.js';
import { beside, overlay, scaledMap } from './overlay.js';
import { type PackPicture, packPictures } from './pack-pixels.js';
import { randomisationCheck } from './randomisation.js';
import { regionShares } from './regions.js';

/** Records of the sample on which weights are shuffled. */
const checked = 16;
/** Larger pictures are reduced to this side before they are written. */
const largest = 256;

export interface ArmToExplain {
  readonly arm: string;
  readonly control: boolean;
  readonly trial: TrialScores;
  readonly model: Model;
  /** Pack of the test part that the arm's network reads. */
  readonly pack: string;
  readonly backend: string;
  /** Class names by decision. */
  readonly positive: string;
  readonly negative: string;
  /** Of the shuffled weights. */
  readonly seed: number;
  readonly masks: string | undefined;
  /** What moved the pixels of the arm's pictures, and must move masks likewise. */
  readonly geometry: ImageOperations;
  /** The study's folder, and the arm's own below it for pictures. */
  readonly root: string;
  readonly pictures: string;
}

/** Explains one trial of an arm: energy on the sample, the randomisation check, pictures of the surest cases. */
export async function explainArm(
  request: ArmToExplain,
  test: StudyScores['test'],
  sample: readonly number[],
): Promise<ArmExplanation> {
  const { trial, model, backend, pack, seed } = request;
  const cases = surestCases(test, trial);
  const rows = [...new Set([...sample, ...cases.map(({ row }) => row)])];
  const pictures = packPictures(
    pack,
    rows.map((row) => test.records[row]!),
  );
  const asked = rows.map((row, i): Asked => ({ pixels: pictures[i]!.pixels, ...calledSide(trial, row) }));
  const maps = await mapsOf(model, asked, { backend });
  const size = { width: pictures[0]!.gray.width, height: pictures[0]!.gray.height };
  const shown = maps.rectified.map((map) => scaledMap(map, maps.size, size));
  const masks = await Promise.all(rows.map((row) => maskOf(request, test.records[row]!, size)));
  const shares = shown.map((map, i) => regionShares(map, size, masks[i]));

  const spoke = sample.map((_, i) => i).filter((i) => shares[i]!.border !== null);
  const some = spread(spoke, checked);
  const trained: Maps = {
    ...maps,
    signed: some.map((i) => maps.signed[i]!),
    rectified: some.map((i) => maps.rectified[i]!),
    logits: some.map((i) => maps.logits[i]!),
  };
  const randomisation = await randomisationCheck(
    model,
    some.map((i) => asked[i]!),
    trained,
    size,
    { backend, seed },
  );
  return {
    arm: request.arm,
    control: request.control,
    seed: trial.seed,
    featureMap: { channels: maps.channels, ...maps.size },
    energy: summariseEnergy(shares.slice(0, sample.length), size, masks.slice(0, sample.length)),
    randomisation,
    cases: await writeCases(request, cases, { test, rows, pictures, shown, shares }),
  };
}

interface Explained {
  readonly test: StudyScores['test'];
  readonly rows: readonly number[];
  readonly pictures: readonly PackPicture[];
  readonly shown: readonly Float32Array[];
  readonly shares: readonly ExplainedCase['shares'][];
}

async function writeCases(
  { trial, positive, negative, root, pictures: directory }: ArmToExplain,
  cases: ReturnType<typeof surestCases>,
  { test, rows, pictures, shown, shares }: Explained,
): Promise<readonly ExplainedCase[]> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const written: ExplainedCase[] = [];
  for (const [number, { row, outcome }] of cases.entries()) {
    const i = rows.indexOf(row);
    const { gray } = pictures[i]!;
    const file = path.join(directory, `${number + 1}-${outcome.replace(' ', '-')}.png`);
    writeFileAtomic(file, await encodePng(fitted(beside(gray, overlay(gray, shown[i]!)))));
    written.push({
      record: test.records[row]!,
      label: test.several?.names[test.several.labels[row]!] ?? (test.labels[row] === 1 ? positive : negative),
      outcome,
      called: calledName(test, trial, row) ?? (isCalledPositive(trial, row) ? positive : negative),
      probability: trial.test[row]!,
      shares: shares[i]!,
      picture: path.relative(root, file).split(path.sep).join('/'),
    });
  }
  return written;
}

function fitted(picture: ReturnType<typeof beside>): ReturnType<typeof beside> {
  const { width, height } = picture;
  const factor = Math.min(1, (2 * largest) / width, largest / height);
  if (factor === 1) return picture;
  return resize(picture, { width: Math.round(width * factor), height: Math.round(height * factor) });
}

async function maskOf(
  { masks, geometry }: Pick<ArmToExplain, 'masks' | 'geometry'>,
  record: string,
  size: Size,
): Promise<Uint8Array | undefined> {
  const file = masks === undefined ? undefined : maskFile(masks, record);
  return file === undefined ? undefined : readMask(file, size, geometry);
}

/** At most `count` of a list, evenly over it. */
function spread(list: readonly number[], count: number): readonly number[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!);
}
