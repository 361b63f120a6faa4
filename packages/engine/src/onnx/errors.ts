import { ChromarayError } from '@chromaray/base';

/** What is wrong with a model file. Each reason has its code, `CHROMARAY_MODEL_<REASON>`. */
export type ModelProblem =
  | 'ATTRIBUTE'
  | 'CONTROL_FLOW'
  | 'CORRUPT'
  | 'EXTERNAL_DATA'
  | 'FUNCTIONS'
  | 'METADATA'
  | 'MISSING'
  | 'SPARSE'
  | 'TENSOR'
  | 'TOO_LARGE'
  | 'TYPE'
  | 'UNRANKED'
  | 'VERSION';

const remedies: Readonly<Record<ModelProblem, string>> = {
  ATTRIBUTE: 'Export the model with standard ONNX operators.',
  CONTROL_FLOW: 'Export the model without If, Loop and Scan, for example by tracing instead of scripting it.',
  CORRUPT: 'Copy or download the file again, and check that it is an ONNX or safetensors model.',
  EXTERNAL_DATA: 'Put the data file beside the model, or save the model with its weights inside.',
  FUNCTIONS: "Inline the model's functions before saving it (onnx.inliner.inline_local_functions).",
  METADATA: 'Copy the model again from where it was saved, or run its study again.',
  MISSING: 'Check the path.',
  SPARSE: 'Save the model with dense tensors.',
  TENSOR: 'Export the model again; this tensor does not hold what its header says.',
  TOO_LARGE: 'Use a smaller model: a .onnx file holds at most 2 GiB.',
  TYPE: 'Export the model with float32 (or float16, float64, integer, bool) tensors.',
  UNRANKED: 'Export the model with the number of its dimensions known; their sizes may stay open.',
  VERSION: 'Export the model with operator set 7 or later of the standard operators.',
};

/** An error about a model; `model` is its file or name. */
export function modelError(problem: ModelProblem, model: string, what: string, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_MODEL_${problem}`,
    message: `${model}: ${what}.`,
    remedy: remedies[problem],
    cause,
    details: { model },
  });
}
