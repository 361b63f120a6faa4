import { canonicalJson } from '@chromaray/base/browser';
import { effectiveArm } from './effective-arm.js';
import type { Vocabulary } from './names.js';
import { overridden } from './overrides.js';
import { type Problem, pathText } from './problem.js';
import { type OverridableSection, overridable, resolveArm, studyOfArm } from './resolve-arm.js';
import { sectionProblems } from './section-rules.js';
import type { ArmSection, StudyFile } from './study-file.js';

/**
 * What arms get wrong that the study itself gets right: sections that contradict themselves once an arm's keys stand in
 * them, and arms that come to the same.
 */
export function overrideProblems(
  study: StudyFile,
  written: (path: readonly PropertyKey[]) => boolean,
  vocabulary: Vocabulary,
): readonly Problem[] {
  const problems = study.arms.map((arm, index) => armOverrideProblems(study, arm, index, written, vocabulary));
  return problems.some((of) => of.length > 0) ? problems.flat() : sameProblems(study);
}

function armOverrideProblems(
  study: StudyFile,
  arm: ArmSection,
  index: number,
  written: (path: readonly PropertyKey[]) => boolean,
  vocabulary: Vocabulary,
): readonly Problem[] {
  const sections = (Object.keys(overridable) as OverridableSection[]).filter((key) => arm[key] !== undefined);
  const shapes = sections.flatMap((key) => joinedProblems(study, arm, index, key));
  if (shapes.length > 0 || sections.length === 0) return shapes;
  const isWritten = (path: readonly PropertyKey[]): boolean =>
    written(['arms', index, ...path]) || (!beginsAnew(arm, path[0] as OverridableSection) && written(path));
  return sectionProblems(studyOfArm(study, arm), isWritten, vocabulary)
    .filter(({ path }) => sections.includes(path[0] as OverridableSection))
    .map((problem) => ({ ...problem, path: ['arms', index, ...problem.path], message: of(arm, problem.message) }));
}

function beginsAnew(arm: ArmSection, section: OverridableSection): boolean {
  const overrides = (arm[section] ?? {}) as Readonly<Record<string, unknown>>;
  return overridable[section].begun.some((key) => overrides[key] !== undefined);
}

/** What the joined section lacks or has too much of: the study's `schedule`, say, with half of another. */
function joinedProblems(study: StudyFile, arm: ArmSection, index: number, key: OverridableSection): Problem[] {
  const { schema, begun } = overridable[key];
  const found = schema.safeParse(overridden(schema, study[key], arm[key], begun));
  return (found.error?.issues ?? []).map((issue) => ({
    code: 'VALUE',
    path: ['arms', index, key, ...issue.path],
    message: of(arm, `"${pathText([key, ...issue.path])}" does not go with the rest of the section: ${issue.message}`),
    remedy: 'Write the whole of it in the arm.',
  }));
}

function of(arm: ArmSection, message: string): string {
  return `in the arm "${arm.name}", ${message}`;
}

function sameProblems(study: StudyFile): readonly Problem[] {
  const first = new Map<string, string>();
  return study.arms.flatMap((arm, index) => {
    const key = canonicalJson(effectiveArm(resolveArm(study, arm)));
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, arm.name);
      return [];
    }
    return [
      {
        code: 'SAME',
        path: ['arms', index],
        message: `the arms "${earlier}" and "${arm.name}" come to the same: colour, image, balance, labels, model and training are equal`,
        remedy:
          study.factors === undefined
            ? `Remove one of them, or write in "${arm.name}" what differs.`
            : 'A level changes nothing beside a level of another factor: leave it out, or list the arms in place of `factors`.',
      } as const,
    ];
  });
}
