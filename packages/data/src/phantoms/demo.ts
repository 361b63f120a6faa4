import { type PhantomDatasetOptions, phantomPatients } from './options.js';

/**
 * Synthetic X-rays to show studies on: patients with one X-ray each, two thirds of them with a lobar pneumonia that is easy
 * to see. Networks of a few seconds then learn, and rank better than a classifier that sees 16 x 16 pixels, to which broad
 * shading tells much already. With subtler pneumonias, or diffuse ones, they do not.
 *
 * @param patients how many
 * @param seed other texts give other patients
 */
export function demoPhantoms(patients: number, seed = 'demo'): PhantomDatasetOptions {
  return {
    ...{ seed, size: 96, subtlety: 0, bacterialShare: 1 },
    patients: phantomPatients(patients, 0.65),
    imagesPerPatient: [1, 1],
  };
}
