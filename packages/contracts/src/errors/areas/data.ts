import type { ErrorArea } from '../entry.js';

/** Data sets: finding, reading, auditing and splitting them. */
export const dataErrors = {
  CHROMARAY_DATASET_MISSING: {
    meaning: 'The folder or file of the data set does not exist.',
    remedy: 'Check the path (`dataset.path` in the study file).',
  },
  CHROMARAY_DATASET_NOT_A_FOLDER: {
    meaning: 'The data set is not a folder, and the layout expects one.',
    remedy: 'Give the folder of the data set, or `layout: csv` for a manifest.',
  },
  CHROMARAY_DATASET_PERMISSION: { meaning: 'A folder may not be read.', remedy: 'Change its permissions.' },
  CHROMARAY_DATASET_UNREADABLE_FOLDER: {
    meaning: 'The operating system cannot read a folder.',
    remedy: 'Check the disk and the path.',
  },
  CHROMARAY_DATASET_EMPTY: { meaning: 'The data set holds no image.', remedy: 'Check the path and the layout.' },
  CHROMARAY_DATASET_LAYOUT: {
    meaning: 'The files are not arranged as the layout expects.',
    advice: 'Choose the layout that fits, or rearrange the files.',
  },
  CHROMARAY_DATASET_CSV: {
    meaning: 'The CSV manifest has a fault, named by line: a column is missing, or a row cannot be used.',
    advice: 'Correct the manifest, or name its columns in `dataset.columns`.',
  },
  CHROMARAY_DATASET_LABELS: {
    meaning: 'Labels have no names, are not whole numbers, or a picture has several.',
    advice: 'Correct the labels, or name the classes (`dataset.classes`).',
  },
  CHROMARAY_DATASET_CLASS_NAMES: {
    meaning:
      'Two classes differ only in case, blanks, hyphens or the width of letters, or one is called `nan`, `unknown` or the like, which is no label.',
    advice: 'Rename one of them; fill in missing labels, or leave their records out (`dataset.leaveOut`).',
  },
  CHROMARAY_DATASET_ONE_CLASS: { meaning: 'There is only one class.', advice: 'Add the class to compare it with.' },
  CHROMARAY_DATASET_EMPTY_CLASS: {
    meaning: 'A class holds no readable image.',
    advice: 'Fill its folder, or remove it.',
  },
  CHROMARAY_DATASET_POSITIVE: {
    meaning: 'The positive class is not named, or there is no class of that name.',
    advice: 'Name it (`dataset.positive` or `--positive`).',
    outcome: 'wrongUse',
  },
  CHROMARAY_DATASET_CLASSES: {
    meaning: 'A class that the study tells apart has no record, or records are of a class that it does not name.',
    advice: 'Name the classes as the data set does (`dataset.classes`), or leave records out (`dataset.leaveOut`).',
    outcome: 'wrongUse',
  },
  CHROMARAY_DATASET_CLASS_RULE: {
    meaning:
      'The rule that reads classes from file names is no pattern, fits no file, or finds a class that is not named.',
    remedy: 'Correct `dataset.classRule`; its group is the class, as in `_(bacteria|virus)_`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DATASET_LEAVE_OUT: {
    meaning: 'A class to leave out does not exist.',
    advice: 'Name classes of the data set.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DATASET_VIEWS: {
    meaning: 'A class has no image of the views that are kept.',
    remedy: 'Name the views as the files do, or leave `dataset.views` out to keep all.',
  },
  CHROMARAY_DATASET_NAME_CLASH: {
    meaning: 'Two files have names that differ only in how accents are encoded.',
    remedy: 'Rename one of them.',
  },
  CHROMARAY_DATASET_UNREADABLE: {
    meaning: 'More files cannot be read than `dataset.unreadableShare` allows.',
    advice: 'Repair or remove the files, or raise `dataset.unreadableShare`.',
  },
  CHROMARAY_DATASET_EXCLUDE: {
    meaning: 'The exclusion list of the study cannot be used: it is missing, or names what is not there.',
    advice: 'Correct `dataset.exclude`, or the line that is named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DATASET_LINK: {
    meaning: 'A link below the root of the data set leads out of it.',
    remedy:
      'If it belongs to the data set, write `dataset.followLinks: true` or give `--follow-links`; else remove the link.',
  },
  CHROMARAY_DATASET_CHANGED: {
    meaning: 'A file of the data set changed while the study ran.',
    remedy: 'Restore the file, or run the study again under a new name.',
  },
  CHROMARAY_PATIENTS_UNMATCHED: {
    meaning: 'The patient rule does not match some records.',
    remedy:
      'Correct the rule (`dataset.patient`), complete the names or the column (`nan`, `unknown` and the like identify nobody), or write `patient: none` to run without patients.',
  },
  CHROMARAY_PATIENTS_COLUMN: {
    meaning: 'The patient rule "column" is used without a column of patients.',
    remedy: 'Name the column in `dataset.columns.patient`, or choose another `dataset.patient` rule.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PATIENTS_PATTERN: {
    meaning: 'The patient pattern is not a regular expression with a group.',
    remedy: 'Put the part of the path that names the patient in parentheses, for example `(patient\\d+)_`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PATIENTS_SALT: {
    meaning: 'The secret by which patient identifiers are hashed cannot be read or written.',
    remedy: 'Restore the file from a backup, or remove it: a new one is made, and patients get new pseudonyms.',
  },
  CHROMARAY_AUDIT_BLOCKED: {
    meaning: 'The audit found something that would make the result wrong, such as patients in both training and test.',
    advice: 'Correct the data or the split, or accept the risk by name (`--accept-risk`); the report says so.',
    outcome: 'stoppedByAudit',
  },
  CHROMARAY_AUDIT_RISK_UNKNOWN: {
    meaning: 'An accepted risk is not a finding of the audit.',
    advice: 'Use one of the ids named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_SPLIT_NOT_PROVIDED: {
    meaning: 'The data set has no complete parts of its own.',
    remedy: 'Complete the parts of the data set, or write `split: { method: patient }`.',
  },
  CHROMARAY_SPLIT_SITES: {
    meaning:
      'Sites cannot be left out one after the other: they are unknown, there is one only, or one has a single class.',
    advice: 'Fill in the column `site` of the CSV manifest for every record, or use folds by patient (`split.folds`).',
  },
  CHROMARAY_SPLIT_TOO_FEW_PATIENTS: {
    meaning: 'There are too few patients of a class to give each part one.',
    remedy: 'Add patients, or check the patient rule: it may read too many records as one patient.',
  },
  CHROMARAY_SPLIT_TOO_FEW_RECORDS: {
    meaning: 'There are too few records to split.',
    advice: 'Add records, or change the shares of the parts.',
  },
  CHROMARAY_BALANCE_CLASS_MISSING: {
    meaning: 'The training part lacks a class.',
    remedy: 'Split by patient (`split.method: patient`), which gives each part both classes.',
  },
  CHROMARAY_LABELS_CLASS: {
    meaning: '`labels.flip` names a class that the data set does not have.',
    remedy: 'Use the names of its two classes under `labels.flip`, or one share for both.',
    outcome: 'wrongUse',
  },
  CHROMARAY_BALANCE_PER_CLASS: {
    meaning: '`balance.perClass` is smaller than a class: balancing drops no X-rays.',
    advice: 'Write a larger number, or leave it out.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PHANTOMS_FOLDER: {
    meaning: 'The folder for a synthetic data set holds something else.',
    remedy: 'Delete the folder or choose another one.',
  },
  CHROMARAY_PHANTOMS_OPTION: {
    meaning: 'An option of the synthetic data set is out of range.',
    advice: 'Give a value in the range named.',
    outcome: 'wrongUse',
  },
} as const satisfies ErrorArea;
