import type { Layout } from '@chromaray/contracts';
import { stringify } from 'yaml';

export interface ReadersTemplateChoices {
  readonly name: string;
  readonly dataset: { readonly path: string; readonly layout: Layout; readonly positive: string };
  readonly readers: number;
  /** Where editors find the JSON Schema: a URL, or a path from the file. */
  readonly schema?: string;
}

/** A complete, commented reader-study file to start from. */
export function readersTemplate({ name, dataset, readers, schema }: ReadersTemplateChoices): string {
  const value = (content: unknown): string => stringify(content, { lineWidth: 0 }).trim();
  const codes = Array.from({ length: readers }, (_, i) => `R${i + 1}`);
  const editors = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  return `${editors}# A reader study: does colour help people read chest X-rays? docs/reader-studies.md explains every key.
name: ${value(name)}

cases:
  dataset:
    path: ${value(dataset.path)}  # relative to this file
    layout: ${dataset.layout}  # kaggle, folders, csv (a list with path and label), dicom or npz
    positive: ${value(dataset.positive)}  # the class that readers look for
  # filter: { parts: [test] }  # also sexes, ages, subtypes
  perClass: 50  # cases of each class, drawn by the seed; leave it out to read all
  # leaveOut: [test/NORMAL/a.jpeg]

training: { perClass: 3 }  # cases to practise on, with the truth shown; never counted

# The control is what the others are compared with.
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }

# Every reader reads every case in every arm, in as many sessions as there are arms, never twice in one. The FDA's guidance
# of 2022 asks for at least four weeks between sessions.
design: { kind: crossed, washout: 28 }
image: { side: 1024 }

scale:
  finding: pneumonia
  anchors: [certainly absent, undecided, certainly present]  # at 0, 50 and 100
  call: true  # also ask for yes or no
back: false  # true: a finished case may be opened again; both answers are kept

readers: [${codes.join(', ')}]  # codes, no names

# Declared before anybody reads: differences in AUC below the margin do not count.
endpoint: { metric: auc, margin: 0.05, alpha: 0.05, correction: holm, readers: random, cases: random }
seed: 1
`;
}
