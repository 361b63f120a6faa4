import { existsSync } from 'node:fs';
import type { RunRecord, StudyFolder } from '@chromaray/contracts';
import { openPack } from '@chromaray/imaging';
import { readArtefact } from '@chromaray/store';

/** What a split of a study tested: where its networks are, and the packs of its test part by kind of pixels. */
export interface TestedSplit {
  readonly folder: StudyFolder;
  readonly testPacks: Readonly<Record<string, string>>;
}

/** The splits of a study that have been prepared, the study's own first. */
export function testedSplits(folder: StudyFolder): readonly TestedSplit[] {
  const { testPacks, otherTestPacks = {} } = readArtefact('run', folder.runRecord);
  const others = Object.entries(otherTestPacks).map(([number, packs]) => ({
    folder: folder.split(Number(number)),
    testPacks: packs,
  }));
  return [{ folder, testPacks }, ...others];
}

/** The first split that tested a record, as a pack of a kind shows; undefined where no pack that is there holds it. */
export function testedIn(folder: StudyFolder, kind: string, record: string): TestedSplit | undefined {
  return testedSplits(folder).find(({ testPacks }) => {
    const file = testPacks[kind];
    return file !== undefined && existsSync(file) && heldBy(file, [record]).length > 0;
  });
}

/** The test packs of a kind, those of every split, as far as they are there. */
export function packsOfKind({ testPacks, otherTestPacks = {} }: RunRecord, kind: string): readonly string[] {
  return [testPacks, ...Object.values(otherTestPacks)]
    .flatMap((packs) => packs[kind] ?? [])
    .filter((file) => existsSync(file));
}

/** Those of some records that a pack holds. */
export function heldBy(file: string, records: readonly string[]): readonly string[] {
  const pack = openPack(file);
  try {
    return records.filter((record) => pack.indexOf(record) !== undefined);
  } finally {
    pack.close();
  }
}
