import { listed, percent } from '@chromaray/base';
import {
  type ImageSection,
  type LabelsSection,
  layersText,
  type ModelSection,
  type ResolvedArm,
  type RunRecord,
  resolveArm,
  type ScheduleSpec,
  type StudyFile,
  type TrainingSection,
  type TuningRecord,
  type WeightsRecord,
} from '@chromaray/contracts';
import type { ReportMethods } from '@chromaray/pages';
import type { StoredEvaluation } from '@chromaray/store';
import { modelName } from '@chromaray/trials';
import { tunedStudy } from '../tune/tuned-study.js';
import { tuningSentence } from '../tune/tuning-sentence.js';
import { preparationSentence } from './preparation-sentence.js';
import { weightsOfArm } from './recorded-weights.js';

const losses: Readonly<Record<TrainingSection['loss'], string>> = {
  'binary-cross-entropy': 'binary cross-entropy',
  'categorical-cross-entropy': 'categorical cross-entropy of a softmax',
  'mean-squared-error': 'the mean squared error',
};

/** What the study file says was done, in sentences for a methods section: once where it holds for all arms, else arm by arm. */
export function reportMethods(
  study: StudyFile,
  evaluations: readonly StoredEvaluation[],
  record: Pick<RunRecord, 'weights' | 'armWeights'> = {},
  tuning?: TuningRecord,
): ReportMethods {
  const names = [...new Set(evaluations.map(({ name }) => name))];
  const arms = tunedStudy(study, tuning).arms.map((arm) => ({ name: arm.name, ...resolveArm(study, arm) }));
  const sizes = new Set(arms.map(({ image }) => image.size));
  const said = (sentence: (arm: NamedArm) => string): string => armByArm(arms, sentence);
  return {
    ...(sizes.size === 1 ? { imageSize: arms[0]!.image.size } : {}),
    preparation: said(({ image }) => preparationSentence(image)),
    ...(arms.some(({ labels }) => labels !== undefined) ? { noise: said(({ labels }) => noiseSentence(labels)) } : {}),
    model: said(({ model, image }) => modelSentence(model, image)),
    initialisation: said(({ name, model }) => initialisation(model, weightsOfArm(record, name))),
    training: said(({ training }) => trainingSentence(training)),
    selection: said(({ training }) => selectionSentence(training)),
    ...(tuning === undefined ? {} : { tuning: tuningSentence(tuning) }),
    external: names.map((name) => ({ name, looks: evaluations.filter((look) => look.name === name).length })),
  };
}

type NamedArm = ResolvedArm & { readonly name: string };

/** A sentence that holds for all arms, or each with the arms that it holds for. */
function armByArm(arms: readonly NamedArm[], sentence: (arm: NamedArm) => string): string {
  const by = new Map<string, string[]>();
  for (const arm of arms) {
    const text = sentence(arm);
    by.set(text, [...(by.get(text) ?? []), arm.name]);
  }
  const [[all] = ['']] = by;
  if (by.size === 1) return all;
  return [...by].map(([text, names]) => `${text.replace(/\.$/, '')} (${listed(names)}).`).join(' ');
}

function modelSentence(model: ModelSection, { size }: ImageSection): string {
  const { preset, layers } = model;
  const which =
    layers === undefined
      ? preset === undefined
        ? `from ${modelName(model)}`
        : `preset ${preset}`
      : `layers: ${layersText(layers)}`;
  // Of own layers, a network from elsewhere and a transformer nothing is claimed.
  const isConvolutional = preset !== undefined && !preset.startsWith('vit');
  return `A ${isConvolutional ? 'convolutional ' : ''}network (${which}) on pictures of ${size} x ${size} pixels.`;
}

function noiseSentence(labels: LabelsSection | undefined): string {
  if (labels === undefined) return 'Labels of the training part were taken as they are.';
  const { flip, seed } = labels;
  const shares =
    typeof flip === 'number'
      ? `${percent(flip)} of each class`
      : listed(Object.entries(flip).map(([name, share]) => `${percent(share)} of ${name}`));
  return `Labels of the training part were turned on purpose for ${shares}, chosen by seed ${seed}.`;
}

function selectionSentence({ select }: TrainingSection): string {
  return select === 'best'
    ? 'The weights of the epoch with the lowest validation loss were tested.'
    : 'The weights of the last epoch were tested.';
}

function initialisation(model: ModelSection, weights: WeightsRecord | undefined): string {
  const random = 'from the seed of the trial; arms of one seed begin with equal weights wherever their layers agree.';
  if (weights === undefined) return `Random, ${random}`;
  const { freeze, batchNorm } = model;
  const still = freeze === undefined ? '' : ` Not trained: ${freeze.join(', ')}.`;
  const statistics = batchNorm === 'frozen' ? ' Batch normalisation kept its pretrained statistics.' : '';
  return `Pretrained weights from ${weights.file} (SHA-256 ${weights.sha256}); those of the head random, ${random}${still}${statistics}`;
}

function trainingSentence(training: TrainingSection): string {
  const { optimizer, learningRate, batch, epochs, patience, weightDecay, labelSmoothing, clipNorm, momentum } =
    training;
  const extras = [
    ...(momentum > 0 ? [`momentum ${momentum}`] : []),
    ...(weightDecay > 0 ? [`weight decay ${weightDecay}`] : []),
    ...(labelSmoothing > 0 ? [`label smoothing ${labelSmoothing}`] : []),
    ...(clipNorm === undefined ? [] : [`gradients clipped to norm ${clipNorm}`]),
  ];
  const stop = patience === undefined ? '' : `, fewer when the validation loss had not improved for ${patience}`;
  return (
    `Trained with ${optimizer}, learning rate ${learningRate} (${schedule(training.schedule)}), batches of ${batch}, ` +
    `${losses[training.loss]}${extras.length === 0 ? '' : `, ${extras.join(', ')}`}, for at most ${epochs} epochs${stop}; ` +
    `numbers of precision ${training.precision}.`
  );
}

function schedule(spec: ScheduleSpec): string {
  return typeof spec === 'string' ? spec : `times ${spec.step.factor} every ${spec.step.every} epochs`;
}
