import { effectiveModel } from './effective-model.js';
import type { ResolvedArm } from './resolve-arm.js';
import type { ColourSpec, ImageSection, LabelsSection, TrainingSection } from './study-file.js';

/** An arm without what has no effect in it, and with the defaults that its colour has: equal ones train alike. */
export function effectiveArm(arm: ResolvedArm): ResolvedArm {
  const { labels, ...rest } = arm;
  const noise = labels === undefined ? undefined : effectiveLabels(labels);
  return {
    ...rest,
    colour: effectiveColour(arm.colour),
    image: effectiveImage(arm.image),
    model: effectiveModel(arm.model),
    training: effectiveTraining(arm.training),
    ...(noise === undefined ? {} : { labels: noise }),
  };
}

/** A share of 0 cuts nothing. */
function effectiveImage({ crop, ...image }: ImageSection): ImageSection {
  if (crop === undefined) return image;
  return { ...image, crop: Object.fromEntries(Object.entries(crop).filter(([, share]) => share > 0)) as typeof crop };
}

/** The map `gray` is gray on three channels. */
function effectiveColour(colour: ColourSpec): ColourSpec {
  if (typeof colour !== 'object' || !('map' in colour)) return colour;
  if (colour.map === 'gray') return 'repeat';
  if (colour.map === 'shuffled') return { seed: 0, of: 'turbo', ...colour };
  return colour.map === 'smooth-random' ? { seed: 0, colourfulness: 28, ...colour } : colour;
}

/** Weight decay is AdamW's alone, label smoothing that of the cross-entropy; steps that are not reached, or none, change no rate. */
function effectiveTraining(training: TrainingSection): TrainingSection {
  const { optimizer, weightDecay, loss, labelSmoothing, schedule, epochs } = training;
  const isConstant = typeof schedule === 'object' && (schedule.step.factor === 1 || schedule.step.every >= epochs);
  return {
    ...training,
    schedule: isConstant ? 'constant' : schedule,
    weightDecay: optimizer === 'adamw' ? weightDecay : 0,
    labelSmoothing: loss === 'mean-squared-error' ? 0 : labelSmoothing,
  };
}

function effectiveLabels({ flip, seed }: LabelsSection): LabelsSection | undefined {
  if (typeof flip === 'number') return { flip, seed };
  const classes = Object.entries(flip).filter(([, share]) => share > 0);
  return classes.length === 0 ? undefined : { flip: Object.fromEntries(classes), seed };
}
