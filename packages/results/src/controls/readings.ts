import { listed } from '@chromaray/base';
import {
  type Comparison,
  type ControlComparison,
  type ControlKind,
  type ControlReadings,
  controlKinds,
  differingKinds,
  type Endpoint,
  resolveArm,
  type StudyFile,
  type StudyVerdictWord,
  untrainedName,
} from '@chromaray/contracts';
import { compareArms } from '../comparison/compare-arms.js';
import type { StudyScores } from '../comparison/study-scores.js';
import { explanation, nothingToExplain } from './explanation.js';
import { controlKind, controlsFor, isControlFor } from './kinds.js';
import { controlColour, controlPurpose, controlWhat } from './words.js';

type Arm = StudyFile['arms'][number];

/** What the readings rest on beside the predictions. */
export interface Concluded {
  readonly study: StudyFile;
  readonly endpoint: Endpoint;
  /** Every arm against the study's control. */
  readonly comparisons: readonly Comparison[];
  readonly verdict: StudyVerdictWord;
}

/**
 * What a study's control arms tell: each colour arm against each control that its colour calls for, what that says about
 * an effect of the arm, and which questions stay open for lack of a control. Undefined for a study without colours.
 */
export function controlReadings(concluded: Concluded, scores: StudyScores): ControlReadings | undefined {
  const { study, endpoint, comparisons, verdict } = concluded;
  const asked = study.arms.filter((arm) => !arm.control && controlsFor(arm.colour).length > 0);
  if (asked.length === 0) return undefined;
  const pairs = asked.flatMap((arm) => controlsOf(arm, study).map((control) => [arm, control] as const));
  const against = pairs.flatMap(([arm, control]) => compareWith(arm, control, endpoint, scores));
  return {
    present: study.arms.flatMap(({ name, colour, control }) => {
      const kind = controlKind(colour);
      return kind === undefined || control ? [] : [{ arm: name, kind, purpose: controlPurpose[kind] }];
    }),
    comparisons: against,
    answers: answers(asked, comparisons, against, verdict),
    open: openQuestions(asked, study),
  };
}

/** The control arms that an arm's colour calls for and the study has, beside the one that the endpoint compares with. */
function controlsOf(arm: Arm, study: StudyFile): readonly Arm[] {
  return controlsFor(arm.colour).flatMap((kind) =>
    study.arms.filter(
      (other) => !other.control && isControlFor(other, kind, arm) && differInColourAlone(study, other, arm),
    ),
  );
}

/** A control tells what colour does only where all else is as in the arm that it is a control for. */
function differInColourAlone(study: StudyFile, one: Arm, other: Arm): boolean {
  return differingKinds(study, one, other).every((kind) => kind === 'colour');
}

function compareWith(arm: Arm, control: Arm, endpoint: Endpoint, scores: StudyScores): ControlComparison[] {
  const pair = [
    { name: arm.name, control: false },
    { name: control.name, control: true },
  ];
  const { comparisons } = compareArms(pair, scores, { ...endpoint, correction: 'none', bootstrap: 0 });
  return comparisons.map(({ difference, interval, intervalLevel, p, verdict }) => ({
    arm: arm.name,
    control: control.name,
    kind: controlKind(control.colour)!,
    difference,
    interval,
    intervalLevel,
    p,
    verdict,
  }));
}

function answers(
  asked: readonly Arm[],
  comparisons: readonly Comparison[],
  against: readonly ControlComparison[],
  verdict: StudyVerdictWord,
): readonly string[] {
  if (verdict === 'invalid') return ['The study is invalid, so that its controls explain nothing.'];
  const ofArms = comparisons.filter(({ arm }) => asked.some(({ name }) => name === arm));
  return [
    ...ofArms.flatMap((comparison) =>
      explanation(
        comparison,
        against.filter(({ arm }) => arm === comparison.arm),
      ),
    ),
    ...nothingToExplain(ofArms),
  ];
}

function openQuestions(asked: readonly Arm[], study: StudyFile): readonly string[] {
  return controlKinds.flatMap((kind) => {
    const lacking = asked.filter((arm) => lacks(arm, kind, study));
    // Each colorizer has a twin of its own.
    const groups = kind === 'untrained' ? lacking.map((arm) => [arm]) : [lacking];
    return groups.flatMap((arms) => (arms.length === 0 ? [] : [openQuestion(kind, arms)]));
  });
}

function lacks(arm: Arm, kind: ControlKind, study: StudyFile): boolean {
  if (!controlsFor(arm.colour).includes(kind)) return false;
  if (study.arms.some((other) => isControlFor(other, kind, arm) && differInColourAlone(study, other, arm)))
    return false;
  const { model } = resolveArm(study, arm);
  // A pretrained network takes three channels: gray is repeated there, and is that control itself.
  return kind !== 'three channels' || (model.weights === undefined && model.onnx === undefined);
}

function openQuestion(kind: ControlKind, arms: readonly Arm[]): string {
  const [{ colour }] = arms as readonly [Arm];
  const twin = typeof colour === 'object' && 'colorizer' in colour ? untrainedName(colour.colorizer) : '';
  return `No arm has \`${controlColour(kind, twin)}\`: whether ${controlWhat[kind]} would come out like ${listed(
    arms.map(({ name }) => name),
  )} stays open.`;
}
