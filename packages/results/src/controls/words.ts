import type { ControlKind } from '@chromaray/contracts';

/** What an arm of a kind is, where it is said to do as much as another. */
export const controlWhat: Readonly<Record<ControlKind, string>> = {
  'three channels': 'three channels without colour',
  'learned gray': 'as many weights without colour',
  'smooth random': 'a random smooth colouring',
  untrained: 'the same network with random weights',
  shuffled: 'colours in random order',
};

/** What an arm of a kind is a control for. */
export const controlPurpose: Readonly<Record<ControlKind, string>> = {
  'three channels': 'A control for the channels: three of them, with the weights that go with them, and no colour.',
  'learned gray': 'A control for the weights of a learned mapping: as many of them, and no colour.',
  'smooth random':
    'A control for smooth colour without a prior: the same random, smooth function of gray level and place for every X-ray.',
  untrained: 'A control for training: the same colorizing network with random weights.',
  shuffled:
    'A harsh control: a random table, which destroys the order of colours and the smoothness of the picture as well. To beat it shows little.',
};

/** How an arm of a kind is added to a study file. */
export const controlColour = (kind: ControlKind, colorizer: string): string =>
  ({
    'three channels': 'colour: repeat',
    'learned gray': 'colour: { learned: gray }',
    'smooth random': 'colour: smooth-random',
    untrained: `colour: { colorizer: ${colorizer} }`,
    shuffled: 'colour: { map: shuffled }',
  })[kind];
