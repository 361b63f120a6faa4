import { listed } from '@chromaray/base';
import {
  type ArmResult,
  endpointName,
  type ImageSection,
  type IntervalEnds,
  type Manifest,
  type MetricSummary,
  resolveArm,
  type StudyBehaviour,
  type StudyFile,
  type StudyVerdict,
  studyClasses,
  type TuningRecord,
  testedOn,
} from '@chromaray/contracts';
import { researchUseNotice } from '@chromaray/engine';
import type { StoredTrial } from '@chromaray/store';
import { modelName } from '@chromaray/trials';
import { stringify } from 'yaml';
import { describeArm } from '../run/describe-arm.js';
import { preparationSentence } from '../run/preparation-sentence.js';
import { tuningSentence } from '../tune/tuning-sentence.js';
import { armMeasures } from './arm-measures.js';

export interface ModelCardMaterial {
  /** As its models were trained. */
  readonly study: StudyFile;
  readonly manifest: Manifest;
  readonly verdict: StudyVerdict;
  readonly behaviour: StudyBehaviour;
  readonly tuning?: TuningRecord | undefined;
}

/** The card of one saved model as Hugging Face's hub reads it: a YAML header, then Markdown. */
export function modelCard(trial: StoredTrial, material: ModelCardMaterial): string {
  const { study, manifest, verdict, behaviour, tuning } = material;
  const { positive, negative, patientRule } = manifest.dataset;
  const classes = studyClasses(study.dataset);
  const gives = classes === null ? `probability of ${positive}` : `probabilities of ${listed(classes)}`;
  const arm = study.arms.find(({ name }) => name === trial.arm)!;
  const result = verdict.arms.find((one) => one.arm === trial.arm);
  const place = result?.seeds.indexOf(trial.seed) ?? -1;
  const value = (metric: MetricSummary): number => metric.perSeed[place]!;
  const calibration = behaviour.arms
    .find((one) => one.arm === trial.arm)
    ?.calibration.find(({ seed }) => seed === trial.seed);
  const { test } = verdict.counts;
  const resolved = resolveArm(study, arm);
  const { epochs, optimizer, learningRate, batch } = resolved.training;
  const { size } = resolved.image;
  const header = {
    tags: ['image-classification', 'medical-imaging', 'chest-x-ray', 'onnx', 'chromaray'],
    pipeline_tag: 'image-classification',
    library_name: 'onnx',
    ...(result === undefined || place < 0
      ? {}
      : {
          'model-index': [
            {
              name: `${study.name}/${trial.arm}-${trial.seed}`,
              results: [
                {
                  task: { type: 'image-classification' },
                  dataset: { type: 'local', name: `${study.name} test part`, split: 'test' },
                  metrics: headerMetrics(result, verdict).map(({ metric, ...named }) => ({
                    ...named,
                    value: value(metric),
                  })),
                },
              ],
            },
          ],
        }),
  };
  const lines = [
    `---\n${stringify(header)}---`,
    `# ${trial.arm}, seed ${trial.seed}, of the study ${study.name}`,
    researchUseNotice,
    '## Description',
    `A network (\`${modelName(resolved.model)}\`) that gives the ${gives}${classes === null ? `, against ${negative},` : ''} from a chest X-ray. It was trained for a controlled study: ${trial.arm} ${arm.control ? 'is the control' : `is compared with the control ${study.arms.find(({ control }) => control)!.name}`}. Its input: ${describeArm(study, arm)}.`,
    '## Use',
    `Gray pixels in, [n, 1, ${size}, ${size}], 0 to 255; ${classes === null ? `${gives} out` : `[n, ${classes.length}] out, the ${gives} in this order; the largest is what an X-ray is called`}. Colour, where the arm has any, is part of the graph.${elsewhere(resolved.image)}`,
    `\`\`\`sh\nchromaray predict ${trial.arm}-${trial.seed}.onnx image.jpeg\n\`\`\``,
    '## Not for',
    'Diagnosis, triage, or any decision about a patient. The model was trained on one data set; on pictures from elsewhere it may fail without warning.',
    '## Data',
    `${manifest.records.length} X-rays; content hash \`${manifest.dataset.hash}\`. Split by method \`${study.split.method}\`: ${counts(verdict)}. Patients: ${patientRule === null ? 'unknown, so one patient may be in two parts' : patientRule.description}.`,
    ...(verdict.risksAccepted.length === 0
      ? []
      : [
          `**The audit found risks that were accepted: ${verdict.risksAccepted.join(', ')}. The numbers below are invalid.**`,
        ]),
    '## Training',
    `${optimizer}, learning rate ${learningRate}, batches of ${batch}, at most ${epochs} epochs; epoch ${trial.bestEpoch ?? '?'} was kept. Backend ${trial.backend ?? '?'}, ${trial.precision ?? '?'}.${tuning === undefined ? '' : ` ${tuningSentence(tuning)}`}`,
    '## Results',
    ...(result === undefined || place < 0
      ? ['Not available.']
      : [
          `On ${testedOn(verdict)}, ${test.records} X-rays${test.patients === null ? '' : ` of ${test.patients} patients`}.${ofFolds(verdict)} Intervals are those of the arm over its ${result.seeds.length} seeds.`,
          [
            `| measure | ${verdict.folds === undefined ? 'this model' : 'this seed, mean over the folds'} | arm, mean | interval |`,
            '|---|---|---|---|',
            ...armMeasures(result, verdict).map(
              ({ name, metric }) =>
                `| ${name} | ${value(metric).toFixed(3)} | ${metric.mean.toFixed(3)} | ${ends(metric.interval)} |`,
            ),
          ].join('\n'),
        ]),
    ...(calibration === undefined
      ? []
      : [
          `Calibration${classes === null ? '' : ` of the probability of ${positive} together`}: Brier score ${calibration.brier.toFixed(3)}, expected calibration error ${calibration.calibrationError.toFixed(3)}, temperature ${calibration.temperature.toFixed(2)}.`,
        ]),
    '## The study’s verdict',
    `**${verdict.verdict}.** ${verdict.statement}`,
  ];
  return `${lines.join('\n\n')}\n`;
}

/** What the hub's metadata have of a result. */
function headerMetrics(result: ArmResult, { endpoint }: StudyVerdict) {
  const { classes } = result;
  if (classes !== undefined) {
    return [
      ...(result.endpoint === undefined
        ? []
        : [{ type: 'roc_auc', name: endpointName(endpoint), metric: result.endpoint }]),
      { type: 'accuracy', metric: classes.accuracy },
    ];
  }
  return [
    { type: 'roc_auc', metric: result.auroc },
    { type: 'accuracy', metric: result.accuracy },
    { type: 'recall', name: 'Sensitivity', metric: result.sensitivity },
  ];
}

/** The network in the file is one fold's; numbers of a cross-validation are of all. */
function ofFolds({ folds }: StudyVerdict): string {
  return folds === undefined
    ? ''
    : ' This file is the network of the first fold, which was tested on the X-rays of that fold alone.';
}

/** What the graph does not do itself, and another program than this one must do. */
function elsewhere(image: ImageSection): string {
  const { size: _, ...operations } = image;
  if (Object.keys(operations).length === 0) return '';
  return ` Before that, not part of the graph, done by \`chromaray predict\` from the model's metadata: ${preparationSentence(image)}`;
}

/** With folds the test parts hold what the networks of other folds learned from, so that the three do not sum. */
function counts({ counts: { train, validation, test }, folds }: StudyVerdict): string {
  if (folds !== undefined) {
    return `${train.records} to train and ${validation.records} to validate in the first fold, ${test.records} tested in ${folds.finished} folds together`;
  }
  return `${train.records} to train, ${validation.records} to validate, ${test.records} to test`;
}

function ends(interval: IntervalEnds | null): string {
  return interval === null ? '–' : `${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`;
}
