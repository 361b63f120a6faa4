import type { StudyHappening } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { eventLines, progressDetail } from './event-line.js';

const lines = (event: StudyHappening): string => eventLines(event).join('\n');
const finding = {
  id: 'patient-across-parts',
  title: '2 patients in both training and test',
  remedy: 'Split.',
  records: 4,
};
const epoch = {
  ...{ epoch: 2, trainLoss: 0.51, trainAccuracy: 0.8, validationLoss: 0.6, validationAccuracy: 0.7 },
  ...{ validationAuroc: 0.75, learningRate: 0.001 },
};
const sensitivity = { smallestDetectable: 0.0321, auroc: 0.95, power: 0.8, seeds: 3 };
const counts = { records: 40, patients: 31, positives: 20, negatives: 20 };

describe('a data set on the terminal', () => {
  const dataset = {
    kind: 'dataset-described',
    dataset: 'h',
    records: 5856,
    patients: 2790,
    unreadable: 0,
    leftOut: 0,
  } as const;

  it('is counted, with its patients where they are known', () => {
    expect(lines(dataset)).toBe('5,856 X-rays of 2,790 patients.');
    expect(lines({ ...dataset, patients: null })).toBe('5,856 X-rays; patients are unknown.');
  });

  it('says what cannot be read and what is left out, only where there is some', () => {
    expect(lines({ ...dataset, unreadable: 1 })).toContain('1 file cannot be read and is left out');
    expect(lines({ ...dataset, leftOut: 3 })).toContain('3 records are left out, as the study file says');
  });
});

describe('a split on the terminal', () => {
  const imbalance = { largestSizeGap: 0.001, largestPrevalenceGap: 0.002 };
  const facts = { method: 'provided', patientsKnown: true, positive: 'PNEUMONIA', imbalance, choice: null } as const;
  const split = {
    ...facts,
    kind: 'split-made',
    seed: 1,
    counts: { train: counts, validation: counts, test: counts },
  } as const;

  it('names records and patients of every part', () => {
    expect(lines(split)).toBe('Split: train 40 of 31 patients, validation 40 of 31 patients, test 40 of 31 patients.');
  });

  it('says that patients are unknown, and what became of a validation part that is too small', () => {
    expect(lines({ ...split, patientsKnown: false })).toContain('Patients are unknown');
    const flaw = { kind: 'few-patients', patients: 8, least: 20 } as const;
    const remade = lines({ ...split, choice: { kind: 'validation-remade', flaw, taken: 500, share: 0.1 } });
    expect(remade).toContain('has 8 patients of one class, fewer than 20');
    expect(remade).toContain('500 records (10.0 %)');
  });

  it('says how a split by patient was chosen, and what scikit-learn mixes', () => {
    const byPatient = { ...split, method: 'patient', choice: { kind: 'nearest-of-shuffles', shuffles: 200 } } as const;
    expect(lines(byPatient)).toContain('Of 200 random splits by patient');
    expect(lines({ ...split, method: 'sklearn' })).toContain('images of one patient');
  });
});

describe('constants of an imported network that stay untrained', () => {
  const constant = (name: string) => ({ name, shape: [1, 3, 1, 1], usedBy: 'Sub' });
  const warned = (names: readonly string[]) =>
    lines({ kind: 'constants-untrained', file: 'net.onnx', constants: names.map(constant) });

  it('are named, up to four of them', () => {
    expect(warned(['mean'])).toBe(
      'Warning: net.onnx has 1 constant that is used as weights are but not trained: mean [1, 3, 1, 1] of Sub.',
    );
    const many = warned(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(many).toContain('6 constants that are used');
    expect(many).toContain('d [1, 3, 1, 1] of Sub and 2 more.');
  });
});

describe('an imported network whose features were not named', () => {
  it('is shown with the tensor that was found', () => {
    expect(lines({ kind: 'features-found', file: 'net.onnx', tensor: '/Flatten_output_0' })).toBe(
      'Note: the new head of net.onnx goes on the tensor "/Flatten_output_0", found as what its classifier takes.',
    );
  });
});

describe('an imported network in half precision', () => {
  it('is read as float32, which is said', () => {
    expect(lines({ kind: 'weights-widened', file: 'net.onnx', types: ['float16'], numbers: 1200 })).toBe(
      'Note: net.onnx stores 1,200 numbers in float16; they are read as float32.',
    );
  });
});

describe('the planned sensitivity on the terminal', () => {
  it('is set against the margin', () => {
    expect(lines({ kind: 'sensitivity-planned', ...sensitivity, margin: 0.05 })).toContain(
      '0.032, within the margin of 0.05',
    );
    expect(lines({ kind: 'sensitivity-planned', ...sensitivity, margin: 0.01 })).toContain(
      'more than the margin of 0.01',
    );
  });

  it('warns of one seed and of two, not of three', () => {
    const with_ = (seeds: number): string =>
      lines({ kind: 'sensitivity-planned', ...sensitivity, margin: 0.01, seeds });
    expect(with_(1)).toContain('One seed says nothing');
    expect(with_(2)).toContain('Two seeds say little');
    expect(with_(3)).not.toContain('at least three');
  });
});

describe('warnings, risks and fallbacks on the terminal', () => {
  it('name the finding and what to do', () => {
    expect(lines({ kind: 'warned', by: 'audit', finding })).toBe(
      'Warning by the audit: 2 patients in both training and test (patient-across-parts). Split.',
    );
  });

  it('say who accepted a risk, and what follows', () => {
    expect(lines({ kind: 'risk-accepted', by: 'user', finding })).toContain('the verdict will be invalid');
    expect(lines({ kind: 'risk-accepted', by: 'replication', finding })).toContain('The replication continues');
  });

  it('say what is used in place of what', () => {
    const backend = {
      kind: 'fell-back',
      what: 'backend',
      wanted: 'onednn',
      used: 'onnxruntime',
      reason: 'No library.',
    } as const;
    expect(lines(backend)).toContain('onednn is not available here, so the slower onnxruntime is used: No library.');
    const checkpoint = { kind: 'fell-back', what: 'checkpoint', arm: 'gray', seed: 1, reason: 'Cut off.' } as const;
    expect(lines(checkpoint)).toBe('gray, seed 1: its newest checkpoint is not used. Cut off.');
  });
});

describe('trials on the terminal', () => {
  const trial = { arm: 'gray', seed: 1, finished: 1, trials: 4 };

  it('are named when they resume, finish or fail', () => {
    expect(lines({ kind: 'trial-finished', ...trial })).toBe('gray, seed 1: finished (1 of 4 trials done)');
    expect(lines({ kind: 'trial-resumed', ...trial, epochs: 3 })).toContain('resumes after epoch 3');
    const error = { code: 'CHROMARAY_TRIAL_CRASHED', message: 'It ended.', remedy: 'Run it again.' };
    expect(lines({ kind: 'trial-failed', ...trial, error })).toContain('It ended. (CHROMARAY_TRIAL_CRASHED)');
  });

  it('have a line for every epoch', () => {
    expect(lines({ kind: 'epoch-done', arm: 'gray', seed: 1, epoch: { ...epoch, seconds: 12 } })).toContain(
      'epoch 2, loss 0.510, validation loss 0.600, AUROC 0.750',
    );
  });
});

describe('what a moving line says of its work', () => {
  const progress = { kind: 'progress', phase: 'training', done: 1, total: 2, unit: 'steps' } as const;

  it('is the part, or the trial with its epoch and step, as far as they are known', () => {
    expect(progressDetail(progress)).toBeUndefined();
    expect(progressDetail({ ...progress, part: 'train' })).toBe('train part');
    expect(progressDetail({ ...progress, arm: 'gray' })).toBe('gray');
    const epochs = { ...progress, arm: 'gray', seed: 1, epoch: 2, epochs: 3 };
    expect(progressDetail(epochs)).toBe('gray, seed 1: epoch 2/3');
    expect(progressDetail({ ...epochs, step: 1, steps: 5 })).toBe('gray, seed 1: epoch 2/3, step 1/5');
  });
});

describe('the end of a run on the terminal', () => {
  it('is the verdict, with what is missing, and each comparison', () => {
    const comparisons = [{ arm: 'turbo', verdict: 'harms', difference: -0.02, interval: [-0.03, -0.01] }] as const;
    const concluded = { kind: 'concluded', verdict: 'harms', comparisons, unfinished: 0 } as const;
    expect(lines(concluded)).toBe('Verdict: harms.\nturbo: harms, difference −0.020, interval −0.030 to −0.010');
    expect(lines({ ...concluded, unfinished: 2 })).toContain('Verdict: harms; 2 trials missing.');
  });

  it('says how it ended and why', () => {
    expect(lines({ kind: 'run-ended', outcome: 'concluded', error: null })).toBe('Run ended.');
    const error = { code: 'CHROMARAY_AUDIT_BLOCKED', message: 'The audit stops it.', remedy: 'Split.' };
    expect(lines({ kind: 'run-ended', outcome: 'stopped-by-audit', error })).toBe(
      'Run stopped by the audit: The audit stops it. (CHROMARAY_AUDIT_BLOCKED)',
    );
  });
});

describe('a search for hyperparameters on the terminal', () => {
  const planned = {
    kind: 'tuning-planned',
    method: 'halving',
    ...{ arms: 2, candidates: 9, epochs: 21, validation: 584 },
    rungs: [
      { candidates: 9, epochs: 1 },
      { candidates: 3, epochs: 3 },
    ],
  } as const;

  it('says what every arm is given, and on what is chosen', () => {
    const text = lines(planned);
    expect(text).toContain('9 candidates for each of 2 arms, the same for all, by successive halving');
    expect(text).toContain('9 to epoch 1 and 3 to epoch 3');
    expect(text).toContain('584 validation X-rays; the test part is not read');
    expect(lines({ ...planned, method: 'random' })).toContain('by random search');
  });

  it('says what was chosen, and when an earlier run did', () => {
    const chosen = [{ arm: 'gray', candidate: 3, settings: 'learningRate 0.002', auroc: 0.9712 }];
    const text = lines({ kind: 'tuning-finished', kept: false, chosen });
    expect(text).toBe('Tuned gray: candidate 3 (learningRate 0.002), validation AUROC 0.971.');
    expect(lines({ kind: 'tuning-finished', kept: true, chosen })).toContain('as an earlier run chose');
  });
});

describe('trials that nobody who is there can compute', () => {
  const missing = { kind: 'workers-missing', wanted: 'W', trials: 4, workers: [], anyWouldDo: false } as const;

  it('are said to wait, with who is there and what they lack', () => {
    expect(lines(missing)).toBe(
      'Warning: no worker is there that computes by W: 4 trials wait for one. No worker has announced itself.',
    );
    const workers = [{ worker: 'lab-2', lacks: 'has Node.js 20, not 22' }];
    expect(lines({ ...missing, trials: 1, workers })).toBe(
      'Warning: no worker is there that computes by W: 1 trial waits for one. Workers that are there: lab-2 has Node.js 20, not 22.',
    );
  });

  it('may be given to any processor only where that would help', () => {
    expect(lines({ ...missing, anyWouldDo: true })).toContain('--profiles any');
    expect(lines(missing)).not.toContain('--profiles');
  });
});

it('names the worker that has a trial, where it is another machine', () => {
  const place = { arm: 'gray', seed: 1, finished: 0, trials: 4 };
  expect(lines({ kind: 'trial-started', ...place, worker: 'lab-2' })).toBe(
    'gray, seed 1: started on lab-2 (0 of 4 trials done)',
  );
  expect(lines({ kind: 'trial-started', ...place })).toBe('gray, seed 1: started (0 of 4 trials done)');
  expect(lines({ kind: 'trial-resumed', ...place, epochs: 2, worker: 'lab-3' })).toContain(
    'resumes after epoch 2 on lab-3 ',
  );
  expect(lines({ kind: 'trial-finished', ...place, worker: 'lab-3' })).toContain('finished on lab-3 ');
});

it('says how many trials run at once only where this machine runs them', () => {
  const planned = {
    kind: 'training-planned',
    trials: 4,
    concurrency: 2,
    threads: 1,
    backend: 'b',
    backendVersion: '3',
  } as const;
  expect(lines(planned)).toBe('4 trials, 2 at once, with 1 thread each, on b 3.');
  expect(lines({ ...planned, concurrency: 4, elsewhere: true })).toBe(
    '4 trials, for other machines, with 1 thread each, on b 3.',
  );
});
