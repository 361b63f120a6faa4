import type { ErrorArea } from '../entry.js';

/** What can be wrong in a study file. All but the last two are found before anything else happens. */
export const studyFileErrors = {
  CHROMARAY_STUDY_FILE_MISSING: {
    meaning: 'There is no such file.',
    remedy: 'Check the path, or write a study file with `chromaray study init`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_UNREADABLE: {
    meaning: 'The file is a folder, has no text, or is too large for a study file.',
    remedy: 'Give the path of a study file (YAML), or write one with `chromaray study init`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_EMPTY: {
    meaning: 'The file is empty.',
    remedy: 'Write one with `chromaray study init`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_YAML: {
    meaning: 'The text is not valid YAML, or not a mapping of keys to values.',
    advice: 'Correct the line named; check indentation, colons followed by a space, and closed brackets.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_UNKNOWN_KEY: {
    meaning: 'The study file contains an unknown key.',
    advice: 'Correct its spelling, or remove it.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_REQUIRED: { meaning: 'A required key is missing.', advice: 'Add it.', outcome: 'wrongUse' },
  CHROMARAY_STUDY_FILE_TYPE: {
    meaning: 'A value has the wrong type, for example text instead of a number.',
    advice: 'Write a value of the type named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_VALUE: {
    meaning: 'A value is not one of those allowed, or out of range.',
    advice: 'Choose one of the values named, or one in the range.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_NAME: {
    meaning: 'The name of the study or of an arm cannot be part of a file name.',
    advice: 'Use letters, digits, "-" and "_", at most 64.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_DUPLICATE: {
    meaning: 'Two arms have one name, or a seed is given twice.',
    advice: 'Rename one of the arms, or remove one of the seeds.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_ARMS: {
    meaning: 'There are fewer than two arms.',
    advice: 'Add an arm: a study compares at least two.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_CONTROL: {
    meaning: 'No arm, or more than one, is the control.',
    advice: 'Mark exactly one arm `control: true`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_COLOUR: {
    meaning: '`seed`, `of` or `colourfulness` is given for a map or a colorizer that has none.',
    advice: 'Remove the key, or write the name that the message gives.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_MAP: {
    meaning: 'No colour map has this name.',
    advice: 'Use one of the maps named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_COLORIZER: {
    meaning: 'No colorizer of this name is installed.',
    advice: 'Use one of those named, or install it with `chromaray colorizer`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_DATASET: {
    meaning: 'A key of `dataset` has no meaning for its layout.',
    advice: 'Remove the key, or change the layout.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_SPLIT: {
    meaning: 'A key of `split` has no meaning for the method, or cannot go with another key.',
    advice:
      'Use `steps` with `sklearn`, `fractions` with the other methods; one of `repeats`, `folds` and `by`, and none of them with `tune`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_FACTORS: {
    meaning: 'Factors make too many arms, or none that can be told apart.',
    advice: 'Leave out levels or factors; `study run --yes` allows more than 64 arms.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_FRACTIONS: {
    meaning: 'The fractions of training, validation and test do not sum to 1.',
    advice: 'Change one of them.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_BALANCE: {
    meaning: 'A key of `balance` has no meaning for its method.',
    advice: 'Remove the key, or write `method: augment`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_IMAGE: {
    meaning: 'A key of `image` has no meaning for the layout of the data set.',
    advice: 'Remove the key.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_SAME: {
    meaning: 'Two arms come to the same: nothing differs that could change a result.',
    advice: 'Remove one of them, or let it differ.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_PRESET: {
    meaning: 'No network preset has this name.',
    advice: 'Use one of the presets named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_MODEL: {
    meaning: 'Keys of `model` exclude each other.',
    advice: 'Remove the key named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_WEIGHTS: {
    meaning: 'A pretrained preset needs a file of weights.',
    advice: 'Export the network as ONNX and name the file (`weights`); transfer.md explains how.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_PATIENCE: {
    meaning: '`patience` is as large as `epochs` and could never stop a trial.',
    advice: 'Make it smaller, or remove it.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_MOMENTUM: {
    meaning: '`momentum` has no meaning for this optimizer.',
    advice: 'Remove it, or write `optimizer: sgd`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_PROVIDER: {
    meaning: 'Execution provider, backend, precision and device cannot be combined.',
    advice: 'Remove the key named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_ENDPOINT: {
    meaning: 'The metric of the endpoint needs a key that is missing, or has no use for one that is given.',
    advice: 'Add the key named, or remove it.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_EXECUTION: {
    meaning: 'Keys of `execution` exclude each other, or hold a password.',
    advice: 'Remove the key named, or change `on`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_SEEDS: {
    meaning: 'There is no seed.',
    advice: 'Write for example `seeds: [1, 2, 3]`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_TUNE: {
    meaning: 'The search for hyperparameters cannot be made as written, or not alike for every arm.',
    advice: 'Change the key of `tune` that is named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_FILE_EDITED: {
    meaning: 'The study file in the study folder was edited after the study was run.',
    remedy:
      'Restore it, or run the study again with `chromaray study run` from your own study file, which rewrites it and keeps the trials that are still valid.',
  },
  CHROMARAY_STUDY_FILE_DIFFERS: {
    meaning: 'The study file given differs from the one the study was run with.',
    advice: 'Run the changed study, or name the folder of the one that was run.',
  },
} as const satisfies ErrorArea;
