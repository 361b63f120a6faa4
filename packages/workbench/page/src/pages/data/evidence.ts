import type { Finding } from '@chromaray/contracts';
import type { Wish } from './exclusions.js';

/** A record as evidence names it. */
export interface Member {
  readonly record: string;
  readonly label: string;
  readonly patient: string | null;
  readonly part: string | null;
}

/** Records that evidence puts together: copies, pictures of one patient. */
export interface EvidenceGroup {
  readonly members: readonly Member[];
  /** What makes them a group, in a few words. */
  readonly words: string;
  /** The second picture lies mirrored on the first. */
  readonly mirrored: boolean;
  /** Why one of them would be excluded for another's sake; undefined where the evidence gives no reason to. */
  readonly reasonBeside: ((other: string) => string) | undefined;
}

/** The groups of a finding; none where its evidence has another shape. */
export function groupsOf({ evidence }: Finding): readonly EvidenceGroup[] {
  const given = Array.isArray(evidence) ? evidence : picturesOf(evidence);
  return given.flatMap((one: unknown): readonly EvidenceGroup[] => {
    const { records, sameFile, correlation, transform, patient } = (one ?? {}) as Given;
    if (!Array.isArray(records) || records.length < 2 || !records.every(isMember)) return [];
    const group = { members: records as readonly Member[], mirrored: transform?.includes('mirrored') ?? false };
    if (sameFile !== undefined) {
      const what = sameFile ? 'the same file' : 'the same pixels';
      return [
        { ...group, words: `${records.length} records with ${what}`, reasonBeside: (other) => `${what} as ${other}` },
      ];
    }
    if (correlation !== undefined) {
      const alike = `correlation ${correlation.toFixed(3)}`;
      return [
        {
          ...group,
          words: `${records.length} records, ${alike}, ${transform ?? ''}`,
          reasonBeside: (other) => `altered copy of ${other} (${alike})`,
        },
      ];
    }
    const words = patient == null ? `${records.length} records` : `${records.length} records of patient ${patient}`;
    return [{ ...group, words, reasonBeside: undefined }];
  });
}

/** All but the first of every group, each for the sake of the first; records that are excluded stay so and are no firsts. */
export function copiesOf(groups: readonly EvidenceGroup[], excluded: ReadonlySet<string>): readonly Wish[] {
  const gone = new Set(excluded);
  return groups.flatMap(({ members, reasonBeside }) => {
    const [first, ...others] = members.map(({ record }) => record).filter((record) => !gone.has(record));
    if (first === undefined || reasonBeside === undefined) return [];
    for (const record of others) gone.add(record);
    return others.map((record) => ({ record, reason: reasonBeside(first) }));
  });
}

interface Given {
  readonly records?: readonly unknown[];
  readonly sameFile?: boolean;
  readonly correlation?: number;
  readonly transform?: string;
  readonly patient?: string | null;
}

/** `given-parts-leak` has its copies one level down. */
function picturesOf(evidence: unknown): readonly unknown[] {
  const { pictures, patients } = (evidence ?? {}) as { readonly pictures?: unknown; readonly patients?: unknown };
  return [pictures, patients].flatMap((one) => (Array.isArray(one) ? (one as readonly unknown[]) : []));
}

function isMember(value: unknown): value is Member {
  const { record, label } = (value ?? {}) as Partial<Member>;
  return typeof record === 'string' && typeof label === 'string';
}
