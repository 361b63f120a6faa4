import type { ErrorArea } from '../entry.js';

/** Running studies, their folders, and what is done with finished ones. */
export const studyErrors = {
  CHROMARAY_STUDY_MISSING: {
    meaning: 'No study of this name has been run.',
    remedy: 'Run it first with `chromaray study run`, or name the folder that holds studies with --studies.',
  },
  CHROMARAY_STUDY_UNTRAINED: {
    meaning: 'The study has no trials: its runs stopped before training.',
    remedy: '`chromaray study status` says why its last run stopped; mend that, then run `chromaray study run` again.',
  },
  CHROMARAY_ENDPOINT_TOO_FEW: {
    meaning: 'The endpoint has no interval that holds its level with so few patients of a class.',
    advice:
      'Give the part more patients, take a specificity, sensitivity or range that is less extreme, or declare the endpoint `auroc`.',
  },
  CHROMARAY_PLAN_PILOT: {
    meaning: 'The pilot has no arm and control with two finished seeds in common.',
    remedy: 'A pilot needs at least two seeds of an arm and of its control; five are better.',
  },
  CHROMARAY_STUDY_RUNNING: {
    meaning: 'Another process is running this study.',
    remedy: 'Wait for it to end, or give this study another name.',
  },
  CHROMARAY_STUDY_CHANGED: {
    meaning: 'The study file, the data set or the program changed since trials were trained.',
    remedy: 'Give the changed study another name, or pass --retrain to train them again and forget the old results.',
  },
  CHROMARAY_STUDY_TUNING: {
    meaning: 'The search for hyperparameters has no candidate left in an arm: the losses stopped being numbers.',
    remedy: 'Search lower learning rates, or set `training.clipNorm`.',
  },
  CHROMARAY_STUDY_ARM_UNKNOWN: {
    meaning: 'The study has no arm of this name.',
    advice: 'Name one of those listed.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_SAME_ARMS: {
    meaning: 'Two arms that the study file tells apart would train the same networks.',
    remedy: 'Remove one of them, or let it differ in something that has an effect.',
    outcome: 'wrongUse',
  },
  CHROMARAY_STUDY_WEIGHTS_CHANGED: {
    meaning: 'The file of weights changed while the study ran.',
    remedy: 'Put the file back and run the same command again, or give the study with the new weights another name.',
  },
  CHROMARAY_STUDY_FOLDER_DAMAGED: {
    meaning: 'A file of the study folder is missing or damaged.',
    remedy: 'Restore it from a copy, or run the study again with `chromaray study run`; what is finished is kept.',
  },
  CHROMARAY_REGISTRATION_MISSING: {
    meaning: 'The registration of the study is gone.',
    remedy:
      'Restore it from a copy. Without it, nothing shows what was declared: run the study again under a new name.',
  },
  CHROMARAY_REGISTRATION_EDITED: {
    meaning: 'The registration was edited: a plan in it does not match its recorded hash.',
    remedy: 'Restore the file from a copy. A plan is changed with `chromaray study run study.yaml --amend "<reason>"`.',
  },
  CHROMARAY_REGISTRATION_DIFFERS: {
    meaning: 'The study file declares another plan than the one that was registered.',
    advice: 'Give the changed study another name, or record the change (`--amend`).',
  },
  CHROMARAY_STUDY_FOLDER_NEWER: {
    meaning: 'A file of the study folder was written by a newer Chromaray.',
    remedy: 'Update Chromaray, or choose another folder for the study.',
  },
  CHROMARAY_STORE_MISSING: {
    meaning: 'The folder holds no study that has been run.',
    remedy: 'Run it with `chromaray study run`, or check the path.',
  },
  CHROMARAY_STORE_BUSY: {
    meaning: 'Another process is writing the study.',
    remedy: 'Wait for the other run of this study to end, then run the same command again.',
  },
  CHROMARAY_STORE_NEWER: {
    meaning: 'The study was written by a newer Chromaray.',
    remedy: 'Update Chromaray, or choose another folder for the study.',
  },
  CHROMARAY_STORE_UNREADABLE: {
    meaning: 'The file of the store is damaged, or is not the store of a study.',
    remedy: 'Restore it from a copy, or move it away and run the study again.',
  },
  CHROMARAY_EVENTS_DAMAGED: {
    meaning: 'The event log of the study is damaged; it can be read up to the damage only.',
    remedy: 'Trials and predictions are kept apart from events: `chromaray study status` shows what is left.',
  },
  CHROMARAY_LOCK_UNREADABLE: {
    meaning: 'The lock file of the study is damaged.',
    remedy: 'Delete the file; no result is in it. Then run the same command again.',
  },
  CHROMARAY_STORE_TRIAL_UNKNOWN: {
    meaning: 'The store holds no such trial.',
    remedy: 'Plan the trial before reporting on it.',
  },
  CHROMARAY_TRIAL_CRASHED: {
    meaning: 'The process of a trial died.',
    remedy:
      'Run the same command again: it resumes after the last finished epoch. Use fewer threads or a smaller batch if memory was short.',
  },
  CHROMARAY_PREDICTIONS_VALUE: {
    meaning: 'A stored probability is not from 0 to 1.',
    remedy:
      'The stored predictions were edited or damaged: restore study.db from a copy, or run the study again in a new folder.',
  },
  CHROMARAY_PREDICTIONS_DUPLICATE: {
    meaning: 'A record is predicted twice in a trial.',
    remedy:
      'The stored predictions were edited or damaged: restore study.db from a copy, or run the study again in a new folder.',
  },
  CHROMARAY_PREDICTIONS_INCOMPLETE: {
    meaning: 'Trials have predictions for different records.',
    remedy: 'Remove the study folder and run the study again, or restore its store from a copy.',
  },
  CHROMARAY_PREDICTIONS_ONE_CLASS: {
    meaning: 'A part holds only one class.',
    remedy: 'Use a split that has both classes in every part; `chromaray data describe` shows how many there are.',
  },
  CHROMARAY_REPORT_IMAGE: {
    meaning: 'A picture of the report is not embedded.',
    remedy: 'Give pictures as data:image/png;base64,… so that the report needs no other file.',
  },
  CHROMARAY_PDF_BROWSER: {
    meaning: 'No browser was found that could print the PDF.',
    advice: 'Install Chromium, Chrome or Edge, or set CHROMARAY_BROWSER to its program.',
  },
  CHROMARAY_PDF_PRINT: {
    meaning: 'The browser made no PDF.',
    remedy: 'Open report.html in a browser and print it from there, or set CHROMARAY_BROWSER to another browser.',
  },
  CHROMARAY_EXPORT_EMPTY: {
    meaning: 'No trial is finished: there is nothing to export.',
    remedy: 'Run the study with `chromaray study run` first.',
  },
  CHROMARAY_MLFLOW_UNREACHABLE: {
    meaning: 'No MLflow server answers.',
    remedy: 'Start one with `mlflow server`, or check the address.',
  },
  CHROMARAY_MLFLOW_ADDRESS: {
    meaning: 'The address given for an MLflow server is not one.',
    advice: 'Write the whole address, such as `http://localhost:5000`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_MLFLOW_DELETED: {
    meaning: "The MLflow server has a deleted experiment of the study's name.",
    advice: 'Restore the experiment on the server, or remove it for good.',
  },
  CHROMARAY_MLFLOW_REFUSED: {
    meaning: 'The MLflow server refused.',
    advice: 'Check the address and the credentials in the environment.',
  },
  CHROMARAY_EVALUATE_UNFINISHED: {
    meaning: 'No trial is finished: there is no model to evaluate.',
    remedy: 'Run the study with `chromaray study run` first.',
  },
  CHROMARAY_EVALUATE_AGAIN: {
    meaning: 'The models were evaluated on this data set before.',
    remedy:
      'Read them there. An external data set is worth most when looked at once; --again looks once more and says so.',
  },
  CHROMARAY_EVALUATE_OVERLAP: {
    meaning: 'The external data set holds pictures the models were trained or validated on.',
    remedy: 'Evaluate on a data set from elsewhere, or leave these pictures out with --leave-out-overlaps.',
  },
  CHROMARAY_EVALUATE_NOTHING_LEFT: {
    meaning:
      'Without the pictures that the models have learned from, the external data set has no picture of one class.',
    remedy: 'Evaluate on a data set from elsewhere.',
  },
  CHROMARAY_FROZEN_MODEL_CHANGED: {
    meaning: 'A saved model is not the one that its trial left: the hash stored with the results is another.',
    remedy:
      'Restore the model from a copy, or train the trial again: delete the file and run `chromaray study run --retrain`.',
  },
  CHROMARAY_STUDY_PIXELS_GONE: {
    meaning: 'The pixels that a network was fed for a record are not there.',
    remedy:
      'Choose a record of the test part; where the packs were cleared away, `chromaray study run` makes them again.',
  },
  CHROMARAY_STUDY_NOT_RUNNING: {
    meaning: 'A study was to be stopped that nobody runs.',
    remedy: 'Nothing is to be done; what it has finished is kept.',
  },
  CHROMARAY_STUDY_NOT_STARTED: {
    meaning: 'The process that was to run a study ended before it began.',
    remedy: 'Run the study in a terminal with `chromaray study run`, which shows why.',
  },
  CHROMARAY_FROZEN_MODEL_MISSING: {
    meaning: 'A model file of the study is missing.',
    remedy:
      'Run the study again with `chromaray study run`: a trial whose model is gone can be trained again with --retrain.',
  },
  CHROMARAY_PREDICT_MODEL: {
    meaning: 'The model was not saved by a study.',
    remedy: 'Give a model from the models folder of a study.',
  },
  CHROMARAY_EXPLAIN_CLASS: {
    meaning: 'The model has no class of this name.',
    remedy: 'Name one of these, or leave --towards out to explain what each picture is called.',
    outcome: 'wrongUse',
  },
  CHROMARAY_REPLICATE_TOO_FEW: {
    meaning: 'The data set has not the parts of the original study.',
    remedy:
      'Give the data set in its published layout: train, val and test, each with NORMAL and PNEUMONIA (--data chest_xray).',
  },
  CHROMARAY_REPLICATE_INCOMPLETE: {
    meaning: 'The controlled study of the replication is unfinished.',
    remedy: 'Run the same command again: it trains what is missing.',
  },
  CHROMARAY_CALIBRATE_STUDIES: {
    meaning: 'The numbers of studies to simulate or train are impossible.',
    remedy: 'Give whole numbers, for example 500 simulated and 0 trained studies.',
    outcome: 'wrongUse',
  },
} as const satisfies ErrorArea;
