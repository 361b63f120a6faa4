import type { ResolvedArm } from './resolve-arm.js';
import type { ColourSpec, LabelsSection, TrainingSection } from './study-file.js';

/** An arm without what has no effect in it, and with the defaults that its colour has: equal ones train alike. */
export function effectiveArm(arm: ResolvedArm): ResolvedArm {
  const { labels, ...rest } = arm;
  const noise = labels === undefined ? undefined : effectiveLabels(labels);
  return {
    ...rest,
    colour: effectiveColour(arm.colour),
    training: effectiveTraining(arm.training),
    ...(noise === undefined ? {} : { labels: noise }),
  };
}

function effectiveColour(colour: ColourSpec): ColourSpec {
  if (typeof colour !== 'object' || !('map' in colour)) return colour;
  if (colour.map === 'shuffled') return { seed: 0, of: 'turbo', ...colour };
  return colour.map === 'smooth-random' ? { seed: 0, colourfulness: 28, ...colour } : colour;
}

/** Weight decay is AdamW's alone, label smoothing that of the cross-entropy. */
function effectiveTraining(training: TrainingSection): TrainingSection {
  const { optimizer, weightDecay, loss, labelSmoothing } = training;
  return {
    ...training,
    weightDecay: optimizer === 'adamw' ? weightDecay : 0,
    labelSmoothing: loss === 'mean-squared-error' ? 0 : labelSmoothing,
  };
}

function effectiveLabels({ flip, seed }: LabelsSection): LabelsSection | undefined {
  if (typeof flip === 'number') return { flip, seed };
  const classes = Object.entries(flip).filter(([, share]) => share > 0);
  return classes.length === 0 ? undefined : { flip: Object.fromEntries(classes), seed };
}
