import { metric, percent } from '@chromaray/base';
import type { ArmResult, ClassResults } from '@chromaray/contracts';
import { formatTable } from './table.js';

interface Row {
  readonly arm: ArmResult;
  readonly classes: ClassResults;
}

/** How several classes are told apart, after an empty line; nothing where there are two. */
export function classTable(arms: readonly ArmResult[], width: number): readonly string[] {
  const rows = arms.flatMap((arm): readonly Row[] =>
    arm.classes === undefined ? [] : [{ arm, classes: arm.classes }],
  );
  const [first] = rows;
  return first === undefined ? [] : ['', formatTable(heads(first.classes), rows.map(row), width)];
}

/** What other tables say of an arm is of the reference against all other classes. */
function heads({ perClass }: ClassResults): readonly string[] {
  return ['all classes', 'accuracy', 'kappa', ...perClass.map((one) => `sensitivity ${one.class}`)];
}

function row({ arm, classes }: Row): readonly string[] {
  return [
    arm.control ? `${arm.arm} (control)` : arm.arm,
    percent(classes.accuracy.mean),
    metric(classes.kappa?.mean ?? null),
    ...classes.perClass.map(({ sensitivity }) => percent(sensitivity.mean)),
  ];
}
