import { armProblems, fileName, nameProblems, paletteProblems } from '../study-file/arm-rules.js';
import type { Vocabulary } from '../study-file/names.js';
import { type Problem, valueText } from '../study-file/problem.js';
import type { ReaderStudyFile } from './readers-file.js';

/** What a well-shaped reader-study file still gets wrong. */
export function readerRuleProblems(file: ReaderStudyFile, vocabulary: Vocabulary): readonly Problem[] {
  return [
    ...nameProblems(file),
    ...armProblems(file),
    ...visibleProblems(file),
    ...paletteProblems(file, vocabulary),
    ...readerProblems(file),
    ...designProblems(file),
    ...endpointProblems(file),
  ];
}

/** Learned channels belong to a network: there is nothing to show to a person. */
function visibleProblems({ arms }: ReaderStudyFile): readonly Problem[] {
  return arms.flatMap(({ name, colour }, index) =>
    typeof colour === 'object' && 'learned' in colour
      ? [
          value(
            ['arms', index, 'colour'],
            `the arm "${name}" has channels that a network learns, which nobody can look at`,
            'Use gray (`none`), a map or a colorizer.',
          ),
        ]
      : [],
  );
}

function readerProblems({ readers }: ReaderStudyFile): readonly Problem[] {
  if (readers.length === 0) {
    return [value(['readers'], 'there is no reader', 'Name them by codes, for example `readers: [R1, R2, R3]`.')];
  }
  const first = new Map(readers.map((name, index) => [name.toLowerCase(), index] as const).reverse());
  return readers.flatMap((name, index): readonly Problem[] => {
    const path = ['readers', index];
    if (!fileName.test(name)) {
      const remedy = 'Use a code of up to 64 letters, digits, "-" and "_"; keep who it is apart from the study.';
      return [{ code: 'NAME', path, message: `the reader ${valueText(name)} is no code`, remedy }];
    }
    if (first.get(name.toLowerCase()) === index) return [];
    const remedy = 'Give each reader a code of their own; upper and lower case count as the same.';
    return [{ code: 'DUPLICATE', path, message: `the reader "${name}" is given twice`, remedy }];
  });
}

function designProblems({ design, arms, readers }: ReaderStudyFile): readonly Problem[] {
  const { kind, sessions, blocks } = design;
  const problems: Problem[] = [];
  if (kind === 'sequential' && arms.length !== 2) {
    const message = `a sequential study shows the control and then one other arm; there are ${arms.length} arms`;
    problems.push(value(['arms'], message, 'Leave arms out, or write `design: { kind: crossed }`.'));
  }
  const least = sessionsOf(kind, arms.length);
  if (sessions !== undefined && sessions % least !== 0) {
    const message = `"design.sessions" is ${sessions}; no case may come twice in a session, so ${arms.length} arms need ${least}, or a multiple of it`;
    problems.push(value(['design', 'sessions'], message, `Write ${least}, or remove it.`));
  }
  if ((blocks !== undefined) !== (kind === 'split-plot')) {
    problems.push(
      kind === 'split-plot'
        ? value(['design'], 'a split-plot study needs "blocks"', 'Write for example `blocks: 2`.')
        : value(['design', 'blocks'], `"design.blocks" has no meaning for the design "${kind}"`, 'Remove it.'),
    );
  } else if (blocks !== undefined && readers.length < 2 * blocks) {
    const message = `${blocks} blocks need at least two readers each; there are ${readers.length} readers`;
    problems.push(value(['design', 'blocks'], message, 'Make the blocks fewer, or add readers.'));
  }
  return problems;
}

/** The fewest sessions in which every case can be read in every arm and never twice in one. */
export function sessionsOf(kind: ReaderStudyFile['design']['kind'], arms: number): number {
  return kind === 'sequential' ? 1 : arms;
}

function endpointProblems({ endpoint }: ReaderStudyFile): readonly Problem[] {
  const { metric, cut, range, readers, cases } = endpoint;
  const problems: Problem[] = [];
  const needs = (key: 'cut' | 'range', isNeeded: boolean, isThere: boolean, example: string): void => {
    if (isNeeded === isThere) return;
    problems.push(
      isNeeded
        ? value(['endpoint'], `the metric "${metric}" needs "${key}"`, `Write for example \`${example}\`.`)
        : value(['endpoint', key], `"endpoint.${key}" has no meaning for the metric "${metric}"`, 'Remove it.'),
    );
  };
  needs('cut', metric === 'sensitivity' || metric === 'specificity', cut !== undefined, 'cut: 50');
  needs('range', metric === 'partial auc', range !== undefined, 'range: [0, 0.2]');
  if (range !== undefined && range[0] >= range[1]) {
    problems.push(
      value(
        ['endpoint', 'range'],
        `"endpoint.range" runs from ${range[0]} to ${range[1]}`,
        'Write the lower rate first.',
      ),
    );
  }
  if (readers === 'fixed' && cases === 'fixed') {
    const message = 'readers and cases are both fixed, so that nothing would vary';
    problems.push(value(['endpoint', 'cases'], message, 'Write `random` for readers, cases or both.'));
  }
  return problems;
}

function value(path: readonly PropertyKey[], message: string, remedy: string): Problem {
  return { code: 'VALUE', path, message, remedy };
}
