import type { ErrorArea } from '../entry.js';

/** Training, what computes it, and looking into trained networks. */
export const trainingErrors = {
  CHROMARAY_TRAINING_OPTION: {
    meaning: 'A training option is out of range.',
    advice: 'Give a value in the range named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_TRAINING_DATA: { meaning: 'The examples do not fit the model.', advice: 'Check their channels and size.' },
  CHROMARAY_TRAINING_MEMORY: {
    meaning: 'The training needs more memory than the machine has; the message names the largest batch that fits.',
    advice: 'Use smaller batches, images or networks, or fewer trials at once.',
  },
  CHROMARAY_TRAINING_NOT_FINITE: {
    meaning: 'The loss or a weight became infinite or no number.',
    advice: 'Lower the learning rate, or clip the gradients (`clipNorm`).',
  },
  CHROMARAY_TRAINING_CANCELLED: {
    meaning: 'The training was stopped.',
    advice: 'Run the same command again; it resumes after the last finished epoch.',
    outcome: 'interrupted',
  },
  CHROMARAY_TRAINING_MONITOR: { meaning: 'The metric to monitor is not measured.', advice: 'Choose one named.' },
  CHROMARAY_TRAINING_BATCH: { meaning: 'A step was given too many examples.', advice: 'Keep to the batch size.' },
  CHROMARAY_TRAINING_STATE: { meaning: 'A state belongs to another model.', advice: 'Restore one of this model.' },
  CHROMARAY_TRAINING_TENSOR: { meaning: 'A tensor cannot be trained.', advice: 'Take it out of `trainable`.' },
  CHROMARAY_TRAINING_LOGITS: { meaning: 'The logits are missing or misshapen.', advice: 'Name the right value.' },
  CHROMARAY_TRAINING_FEATURES: {
    meaning: 'A network that a loss looks through takes no pictures, or makes no tensor of the name given.',
    advice: 'Name one of its tensors; the message lists those most like it.',
  },
  CHROMARAY_TRAINING_DROPOUT: { meaning: 'A dropout ratio is out of range.', advice: 'Correct the model.' },
  CHROMARAY_TRAINING_OPSET: { meaning: 'The operator set is too old to train.', advice: 'Convert the model.' },
  CHROMARAY_CHECKPOINT_CORRUPT: { meaning: 'A checkpoint is damaged.', advice: 'Delete its folder to begin anew.' },
  CHROMARAY_CHECKPOINT_MISMATCH: {
    meaning: 'A checkpoint belongs to another training.',
    advice: 'Choose another folder, or delete this one.',
  },
  CHROMARAY_BACKEND_UNKNOWN: {
    meaning: 'No backend has this name.',
    advice: 'Choose one of those named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_BACKEND_PROVIDER: {
    meaning: 'The execution provider does not exist or does not start on this machine.',
    advice: 'Choose another, or install what it needs; `chromaray doctor` shows what works.',
  },
  CHROMARAY_BACKEND_PROVIDER_OPTION: {
    meaning: 'The execution provider has no such option.',
    advice: 'Take it out.',
    outcome: 'wrongUse',
  },
  CHROMARAY_BACKEND_MODEL: {
    meaning: 'The backend cannot run this model.',
    advice: 'Try the provider cpu, and check the model with onnx.checker.',
  },
  CHROMARAY_PRECISION_UNKNOWN: {
    meaning: 'No precision has this name.',
    advice: 'Choose one of those named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PRECISION_UNSUPPORTED: {
    meaning: 'Precision bfloat16 on a processor without AMX or AVX512-BF16, or on another backend than onednn.',
    advice: 'Use float32.',
  },
  CHROMARAY_ONEDNN_MISSING: {
    meaning: 'There is no oneDNN library in the standard folders.',
    advice: 'Install it; see engine-onednn.md.',
  },
  CHROMARAY_ONEDNN_LOAD: { meaning: 'The file is no oneDNN library of this machine.', advice: 'Install it anew.' },
  CHROMARAY_ONEDNN_VERSION: {
    meaning: 'The library is neither oneDNN 2.6 or a newer 2.x, nor 3.x.',
    advice: 'Install 2.6 or newer.',
  },
  CHROMARAY_ONEDNN_SYMBOL: {
    meaning: 'The library lacks a function, which the message names.',
    advice: 'Install a complete one.',
  },
  CHROMARAY_ONEDNN_FFI: {
    meaning: 'The package koffi, which calls oneDNN, cannot be loaded.',
    advice: 'Install with optional dependencies.',
  },
  CHROMARAY_ONEDNN_THREAD: {
    meaning: 'The backend onednn was used in a worker thread, where the process would die.',
    advice: 'Train in the main thread of a process.',
  },
  CHROMARAY_ONEDNN_MODEL: {
    meaning: 'The model has computed values that are not float32.',
    advice: 'Use the backend onnxruntime.',
  },
  CHROMARAY_ONEDNN_MEMORY: { meaning: 'The library ran out of memory.', advice: 'Use smaller batches or images.' },
  CHROMARAY_ONEDNN_CALL: { meaning: 'A call of oneDNN failed.', advice: 'Use the backend onnxruntime, and report it.' },
  CHROMARAY_EXPLAIN_INPUT: {
    meaning: 'The model does not take pictures as uint8.',
    advice: 'Put the scaling of pixels into the model.',
  },
  CHROMARAY_EXPLAIN_OUTPUT: { meaning: 'The model does not give one row an image.', advice: 'Check its output.' },
  CHROMARAY_EXPLAIN_NO_MAP: {
    meaning: 'The network has no convolution that could show where it looked.',
    advice: 'Explain convolutional networks, on larger images.',
  },
} as const satisfies ErrorArea;
