import {
  type DatasetSection,
  defaultSklearnSteps,
  defaultFractions as fractions,
  type StudyFile,
} from '@chromaray/contracts';
import { stringify } from 'yaml';
import { networkPresets } from './network-presets.js';

/** What `study init` knows; the rest is the example's. */
export interface TemplateChoices {
  readonly name?: string;
  readonly dataset?: Pick<DatasetSection, 'path' | 'layout' | 'positive'>;
  readonly split?: StudyFile['split']['method'];
  readonly preset?: string;
  /** File of pretrained weights, relative to the study file. */
  readonly weights?: string;
  /** Where editors find the JSON Schema of study files: a URL, or a path from the study file. */
  readonly schema?: string;
}

/** A complete, commented study file to start from. */
export function studyTemplate(choices: TemplateChoices = {}): string {
  const dataset = choices.dataset ?? { path: '../chest_xray', layout: 'kaggle', positive: 'PNEUMONIA' };
  const value = (content: unknown): string => stringify(content, { lineWidth: 0 }).trim();
  const weights = choices.weights === undefined ? '' : `, weights: ${value(choices.weights)}`;
  const hint =
    weights === ''
      ? '  # or any pretrained ONNX network: docs/transfer.md'
      : "\n# freeze: ['*'] would train the head only; docs/transfer.md has more.";
  // A pretrained network takes three channels: gray would be repeated, and the same as gray3.
  const isPretrained = networkPresets().some(({ name, weights }) => name === choices.preset && weights !== undefined);
  const arms = isPretrained
    ? ['  - { name: gray3, control: true, colour: repeat }']
    : ['  - { name: gray, control: true, colour: none }', '  - { name: gray3, colour: repeat }'];
  const schema = choices.schema === undefined ? '' : `# yaml-language-server: $schema=${choices.schema}\n`;
  return `${schema}# A controlled study: does colour help a network read chest X-rays? docs/study-file.md explains every key.
name: ${value(choices.name ?? 'does-colour-help')}

dataset:
  path: ${value(dataset.path)}  # relative to this file
  layout: ${dataset.layout}  # kaggle (train|val|test / class), folders (one folder per class), csv, dicom or npz
  positive: ${value(dataset.positive)}  # the class whose probability is predicted
  patient: auto  # or kermany, kermany-number, dicom, column, none, { pattern: "(patient\\\\d+)_" }

split:
  method: ${choices.split ?? 'patient'}  # provided keeps the data set's own parts; sklearn repeats train_test_split
  fractions: { train: ${fractions.train}, validation: ${fractions.validation}, test: ${fractions.test} }
  seed: 42

image: { size: 128 }
balance: { method: weights }  # touches the training part only

# The control is what the others are compared with. gray3, smooth-random and shuffled tell colour from its side effects:
# three channels without colour, smooth colour without a prior, and colour without order (harsh: it destroys smoothness too).
arms:
${arms.join('\n')}
  - { name: turbo, colour: { map: turbo } }
  - { name: smooth-random, colour: smooth-random }
  - { name: shuffled, colour: { map: shuffled, seed: 1 } }

model: { preset: ${value(choices.preset ?? 'gray-final')}${weights} }${hint}
training: { optimizer: adam, learningRate: 0.001, batch: 32, epochs: 22 }
# Five seeds keep the rate of false findings near 5 % also where one arm's networks vary more than the other's; three
# cost less, two are too few.
seeds: [1, 2, 3, 4, 5]

# Declared before the study runs: differences in AUROC below the margin are not meaningful.
endpoint: { metric: auroc, margin: 0.01, alpha: 0.05, correction: holm }
`.replace(/^ {2}fractions.*\n/m, (line) =>
    choices.split === 'sklearn'
      ? `  steps: { validation: ${defaultSklearnSteps.validation}, train: ${defaultSklearnSteps.train} }\n`
      : line,
  );
}
