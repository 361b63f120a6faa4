import { ChromarayError } from '@chromaray/base';

/** Why a pretrained model cannot be used as asked. Each reason has its code, `CHROMARAY_TRANSFER_<REASON>`. */
export type TransferProblem = 'CHANNELS' | 'FEATURES' | 'INPUT' | 'OPERATOR' | 'QUANTISED' | 'SIZE' | 'TYPE';

/** An error about a pretrained model; `file` is where it came from. */
export function transferError(
  problem: TransferProblem,
  file: string,
  what: string,
  remedy: string,
  details: Readonly<Record<string, unknown>> = {},
): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_TRANSFER_${problem}`,
    message: `${file}: ${what}.`,
    remedy,
    details: { file, ...details },
  });
}
