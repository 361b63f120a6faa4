import type { ChromarayError } from '@chromaray/base';
import { type Part, parts } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { StoredPrediction } from '@chromaray/store';

/**
 * Refuses predictions of a trial that statistics would turn into numbers that mean nothing. A study's own store cannot
 * hold most of these; a file that was edited or damaged can.
 *
 * @param predictions all of one trial
 * @throws ChromarayError `CHROMARAY_PREDICTIONS_VALUE` for a probability that is no number from 0 to 1,
 *   `CHROMARAY_PREDICTIONS_DUPLICATE` for a record given twice, `CHROMARAY_PREDICTIONS_ONE_CLASS` for a part with one
 *   class only
 */
export function checkPredictions(predictions: readonly StoredPrediction[]): void {
  const seen = new Set<string>();
  const classes = new Map<Part, Set<boolean>>();
  for (const { arm, seed, part, record, positive, probability } of predictions) {
    const where = `The trial ${arm}, seed ${seed}`;
    if (!(probability >= 0 && probability <= 1)) {
      throw damaged(
        'VALUE',
        `${where}, gives ${record} the probability ${probability}; it must be a number from 0 to 1.`,
        {
          arm,
          seed,
          record,
          probability: String(probability),
        },
      );
    }
    if (seen.has(record)) {
      throw damaged('DUPLICATE', `${where}, predicts ${record} more than once.`, { arm, seed, record });
    }
    seen.add(record);
    classes.set(part, (classes.get(part) ?? new Set()).add(positive));
  }
  const { arm, seed } = predictions[0] ?? { arm: '?', seed: 0 };
  for (const part of parts) {
    if (classes.get(part)?.size !== 1) continue;
    const only = [...classes.get(part)!][0] === true ? 'positive' : 'negative';
    throw codedError('CHROMARAY_PREDICTIONS_ONE_CLASS', {
      message: `The trial ${arm}, seed ${seed}, has only ${only} records in its ${part} part, so neither an AUROC nor a threshold can be computed.`,
      details: { arm, seed, part, only },
    });
  }
}

function damaged(
  kind: 'VALUE' | 'DUPLICATE',
  message: string,
  details: Record<string, string | number>,
): ChromarayError {
  return codedError(`CHROMARAY_PREDICTIONS_${kind}`, { message, details });
}
