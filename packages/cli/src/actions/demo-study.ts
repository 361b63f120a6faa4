/** Patients of the demo, with one X-ray each. */
export const demoPatients = 800;

/** Why the demo's margin is what it is. */
export const marginReason =
  'Margin 0.10: some 220 test X-rays and three seeds can rule out little less. A study of your own would ask for 0.01.';

/** Sizes that let the demo end within three minutes on two cores. */
export const demoStudy = `# The demo: does colour help a network find pneumonia on synthetic chest X-rays?
name: demo
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.6, validation: 0.12, test: 0.28 }, seed: 42 }
image: { size: 48 }
balance: { method: weights }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
  - { name: photo-small, colour: { colorizer: photo-small, renderFactor: 6 } }  # at the X-rays' own 96 pixels
  - { name: smooth-random, colour: smooth-random }
model: { preset: small }
training: { optimizer: adam, learningRate: 0.002, batch: 16, epochs: 16, schedule: cosine }
seeds: [1, 2, 3]
# ${marginReason}
endpoint: { metric: auroc, margin: 0.1, alpha: 0.05, correction: holm }
`;
