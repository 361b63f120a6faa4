import type { ModelSection, ScheduleSpec, StudyFile, TrainingSection, WeightsRecord } from '@chromaray/contracts';
import type { ReportMethods } from '@chromaray/pages';
import type { StoredEvaluation } from '@chromaray/store';
import { modelName } from '@chromaray/trials';

const losses: Readonly<Record<TrainingSection['loss'], string>> = {
  'binary-cross-entropy': 'binary cross-entropy',
  'mean-squared-error': 'the mean squared error',
};

/** What the study file says was done, in sentences for a methods section. */
export function reportMethods(
  study: StudyFile,
  evaluations: readonly StoredEvaluation[],
  weights?: WeightsRecord,
): ReportMethods {
  const { image, model, training } = study;
  const names = [...new Set(evaluations.map(({ name }) => name))];
  return {
    imageSize: image.size,
    model: `A convolutional network (${model.preset === undefined ? `from ${modelName(model)}` : `preset ${model.preset}`}) on pictures of ${image.size} x ${image.size} pixels.`,
    initialisation: initialisation(model, weights),
    training: trainingSentence(training),
    selection:
      training.select === 'best'
        ? 'The weights of the epoch with the lowest validation loss were tested.'
        : 'The weights of the last epoch were tested.',
    external: names.map((name) => ({ name, looks: evaluations.filter((look) => look.name === name).length })),
  };
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
