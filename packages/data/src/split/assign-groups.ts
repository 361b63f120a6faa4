import { Random } from '@chromaray/base';
import type { DatasetRecord } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type Group, groupRecords } from './groups.js';

/** How many shuffles are tried; the most balanced one is kept. */
export const shufflesTried = 200;

/**
 * Divides records over parts so that no patient and no picture is in two, each part holds its share
 * of every label and subtype, and the choice is random.
 *
 * Within each stratum the groups are shuffled and cut where the shares end; a group across a cut goes
 * where its middle lies. Of many shuffles, derived from the seed, the one is kept whose class counts
 * come nearest to the shares.
 *
 * @param shares by name of part; sum to 1
 * @param what the names are, for an error
 * @param several classes that every part must have; without them the two sides
 * @returns record id to name of part
 * @throws ChromarayError `CHROMARAY_SPLIT_TOO_FEW_PATIENTS` when a class has fewer groups than there are parts
 */
export function assignGroups<Name extends string>(
  records: readonly DatasetRecord[],
  shares: Readonly<Record<Name, number>>,
  seed: number,
  what: 'parts' | 'folds' = 'parts',
  several?: readonly string[],
): Map<string, Name> {
  const names = Object.keys(shares) as Name[];
  const groups = groupRecords(records);
  const sides = several === undefined ? twoSides : several.map(sideOf);
  refuseTooFew(groups, sides, names.length, what);
  const random = new Random(seed).fork(what === 'folds' ? 'folds' : 'split');
  const byStratum = strata(groups);
  let best: { part: readonly Name[]; distance: number } | undefined;
  for (let shuffle = 0; shuffle < shufflesTried; shuffle++) {
    const part = fillEmptyParts(
      groups,
      cutStrata(groups, byStratum, shares, names, random.fork(shuffle)),
      names,
      sides,
    );
    const distance = distanceFromShares(groups, part, shares, names, sides);
    if (best === undefined || distance < best.distance) best = { part, distance };
  }
  const assigned = new Map<string, Name>();
  groups.forEach((group, index) => {
    for (const { id } of group.records) assigned.set(id, best!.part[index]!);
  });
  return assigned;
}

function cutStrata<Name extends string>(
  groups: readonly Group[],
  byStratum: ReadonlyMap<string, readonly number[]>,
  shares: Readonly<Record<Name, number>>,
  names: readonly Name[],
  random: Random,
): Name[] {
  const part = new Array<Name>(groups.length);
  for (const [stratum, members] of byStratum) {
    const total = members.reduce((sum, index) => sum + groups[index]!.records.length, 0);
    let before = 0;
    for (const index of random.fork(stratum).shuffle([...members])) {
      const size = groups[index]!.records.length;
      part[index] = nameAt((before + size / 2) / total, shares, names);
      before += size;
    }
  }
  return part;
}

function nameAt<Name extends string>(at: number, shares: Readonly<Record<Name, number>>, names: readonly Name[]): Name {
  let end = 0;
  for (const name of names) {
    end += shares[name];
    if (at < end) return name;
  }
  return names.at(-1)!;
}

function strata(groups: readonly Group[]): ReadonlyMap<string, readonly number[]> {
  const byName = new Map<string, number[]>();
  groups.forEach(({ stratum }, index) => {
    const members = byName.get(stratum);
    if (members === undefined) byName.set(stratum, [index]);
    else members.push(index);
  });
  return byName;
}

/** In a small data set a cut may leave a part without a class: the part with most groups of it gives its smallest. */
function fillEmptyParts<Name extends string>(
  groups: readonly Group[],
  part: Name[],
  names: readonly Name[],
  sides: readonly Side[],
): Name[] {
  for (const { count } of sides) {
    const hasClass = (group: Group): boolean => count(group) > 0;
    for (const name of names) {
      if (groups.some((group, index) => part[index] === name && hasClass(group))) continue;
      const inPart = (wanted: Name) => [...groups.keys()].filter((i) => part[i] === wanted && hasClass(groups[i]!));
      const [richest] = names.map(inPart).sort((a, b) => b.length - a.length);
      const [smallest] = richest!.sort((a, b) => groups[a]!.records.length - groups[b]!.records.length);
      part[smallest!] = name;
    }
  }
  return part;
}

/** Largest distance of a part's share of a class from the share it should have. */
function distanceFromShares<Name extends string>(
  groups: readonly Group[],
  part: readonly Name[],
  shares: Readonly<Record<Name, number>>,
  names: readonly Name[],
  sides: readonly Side[],
): number {
  const counts = new Map(names.map((name) => [name, sides.map(() => 0)]));
  const totals = sides.map(() => 0);
  groups.forEach((group, index) => {
    const ofPart = counts.get(part[index]!)!;
    sides.forEach(({ count }, side) => {
      ofPart[side]! += count(group);
      totals[side]! += count(group);
    });
  });
  return Math.max(
    ...names.flatMap((name) =>
      counts.get(name)!.map((count, side) => {
        if (count === 0) return Number.POSITIVE_INFINITY;
        return Math.abs(count / totals[side]! - shares[name]);
      }),
    ),
  );
}

/** Records that every part must have some of. */
interface Side {
  readonly name: string;
  readonly count: (group: Group) => number;
}

const twoSides: readonly Side[] = [
  { name: 'positive', count: ({ positives }) => positives },
  { name: 'negative', count: ({ positives, records }) => records.length - positives },
];

function sideOf(name: string): Side {
  return { name, count: ({ records }) => records.filter(({ label }) => label === name).length };
}

function refuseTooFew(
  groups: readonly Group[],
  sides: readonly Side[],
  partCount: number,
  what: 'parts' | 'folds',
): void {
  const patients = sides.map(({ name, count }) => [name, groups.filter((group) => count(group) > 0).length] as const);
  if (Math.min(...patients.map(([, count]) => count)) >= partCount) return;
  const found = patients.map(([name, count], i) =>
    i === 0 ? `${count} ${name}` : i === patients.length - 1 ? ` and ${count} ${name}` : `, ${count} ${name}`,
  );
  throw codedError('CHROMARAY_SPLIT_TOO_FEW_PATIENTS', {
    message: `${partCount} ${what} need at least ${partCount} patients of each class (records that share a picture count as one); there are ${found.join('')}.`,
    details: { ...Object.fromEntries(patients), [what]: partCount },
  });
}
