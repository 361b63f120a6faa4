import type { ErrorArea } from '../entry.js';

/** Networks: model files, their graphs, presets, and building on pretrained ones. */
export const modelErrors = {
  CHROMARAY_MODEL_MISSING: { meaning: 'The model file does not exist.', advice: 'Check the path.' },
  CHROMARAY_MODEL_CORRUPT: { meaning: 'The file is damaged, or not ONNX.', advice: 'Copy it again.' },
  CHROMARAY_MODEL_METADATA: {
    meaning: 'What a saved model says of itself (classes, threshold, size, colours) is damaged.',
    advice: 'Copy the model again, or run its study again.',
  },
  CHROMARAY_MODEL_VERSION: { meaning: 'The operator set is too old.', advice: 'Export with operator set 7 or later.' },
  CHROMARAY_MODEL_TOO_LARGE: { meaning: 'The model is over 2 GiB.', advice: 'Use a smaller one.' },
  CHROMARAY_MODEL_EXTERNAL_DATA: {
    meaning: 'A file of weights that belongs to the model is missing.',
    advice: 'Put it in the folder of the model, or save the weights in the model file.',
  },
  CHROMARAY_MODEL_CONTROL_FLOW: {
    meaning: 'The model holds If, Loop or Scan.',
    advice: 'Export it by tracing instead of scripting.',
  },
  CHROMARAY_MODEL_FUNCTIONS: { meaning: 'The model holds functions of its own.', advice: 'Inline them before saving.' },
  CHROMARAY_MODEL_ATTRIBUTE: { meaning: 'An attribute of a node cannot be read.', advice: 'Use standard operators.' },
  CHROMARAY_MODEL_SPARSE: { meaning: 'The model holds sparse tensors.', advice: 'Save dense ones.' },
  CHROMARAY_MODEL_TENSOR: { meaning: 'A tensor is not what its header says.', advice: 'Export the model again.' },
  CHROMARAY_MODEL_TYPE: { meaning: 'A tensor has a type that is not supported.', advice: 'Export with float32.' },
  CHROMARAY_MODEL_UNRANKED: {
    meaning: 'The number of dimensions of a value is unknown.',
    advice: 'Export with it known; sizes may stay open.',
  },
  CHROMARAY_GRAPH_NODE: { meaning: 'A node cannot be used as it is.', advice: 'Check the model at this node.' },
  CHROMARAY_GRAPH_SHAPE: { meaning: 'Shapes do not fit an operator.', advice: 'Check the inputs of this node.' },
  CHROMARAY_GRAPH_DUPLICATE: { meaning: 'Two nodes produce one value.', advice: 'Give each value its own name.' },
  CHROMARAY_GRAPH_VALUE_UNKNOWN: { meaning: 'No value has this name.', advice: 'Look the name up in the model.' },
  CHROMARAY_GRAPH_CYCLE: { meaning: 'A node depends on its own result.', advice: 'Export the model again.' },
  CHROMARAY_GRAPH_CUT: {
    meaning: 'The part of the graph to cut out depends on further inputs.',
    advice: 'Cut elsewhere.',
  },
  CHROMARAY_GRAPH_DIMENSION: { meaning: 'No input has an open size of this name.', advice: 'Name one that exists.' },
  CHROMARAY_GRAPH_OPERATOR_UNKNOWN: {
    meaning: 'The engine does not know an operator.',
    advice: 'Export with standard ONNX operators, or cut before this node.',
  },
  CHROMARAY_GRAPH_OPSET: { meaning: 'The operator set is too old for gradients.', advice: 'Upgrade the model.' },
  CHROMARAY_GRAPH_NOT_FLOAT: { meaning: 'A tensor to train is not of floating-point type.', advice: 'Freeze it.' },
  CHROMARAY_GRAPH_NO_GRADIENT: {
    meaning: 'An operator after a trained tensor has no gradient rule.',
    advice: 'Freeze the tensors before it, or replace the operator.',
  },
  CHROMARAY_PRESET_UNKNOWN: {
    meaning: 'No preset has this name.',
    advice: 'Choose one of those named.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PRESET_WEIGHTS: {
    meaning: 'A preset needs pretrained weights, or does not take any.',
    advice: 'Name the file (`weights`), or remove the option.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PRESET_SIZE: {
    meaning: 'Images are too small for this preset.',
    advice: 'Choose larger images or another preset.',
    outcome: 'wrongUse',
  },
  CHROMARAY_PRESET_TABLE: {
    meaning: 'A colour table does not have 768 bytes.',
    advice: 'Give 256 rows of three bytes.',
  },
  CHROMARAY_LAYERS_SHAPE: {
    meaning: 'A layer of `model.layers` does not fit what comes in, or has too many weights.',
    advice: 'Change the layer named, or those before it; `chromaray model show` lists the shapes.',
    outcome: 'wrongUse',
  },
  CHROMARAY_TRANSFER_INPUT: {
    meaning: 'The scaling of the input is missing or impossible.',
    advice: 'Look up how the network was trained (`input`).',
  },
  CHROMARAY_TRANSFER_CHANNELS: {
    meaning: 'The network takes another number of channels.',
    advice: 'Choose a network for RGB, or an arm in gray.',
  },
  CHROMARAY_TRANSFER_SIZE: {
    meaning: 'The network takes pictures of another size.',
    advice: 'Write that `image.size`.',
  },
  CHROMARAY_TRANSFER_FEATURES: {
    meaning: 'There is no such tensor, or it does not give one row for each picture.',
    advice: 'Name another tensor; Netron shows the names.',
  },
  CHROMARAY_TRANSFER_MIXES: {
    meaning: "The network's answer to a picture depends on the other pictures of the batch.",
    advice: 'Export it in evaluation mode, or name features before the node that mixes.',
  },
  CHROMARAY_TRANSFER_OPERATOR: {
    meaning: 'Operators before the features are unknown to the engine; the message names all.',
    advice: 'Export it with standard operators, or name earlier features.',
  },
  CHROMARAY_TRANSFER_QUANTISED: { meaning: 'The network has int8 weights.', advice: 'Use the float32 version.' },
  CHROMARAY_TRANSFER_TYPE: {
    meaning: 'The network has float64 weights, or takes no floating-point pictures.',
    advice: 'Export it in float32 or float16.',
  },
  CHROMARAY_TRANSFER_WEIGHTS: {
    meaning: 'The file of weights does not hold this preset.',
    advice: 'Give the right file, or use it as it is (`onnx`, `features`).',
  },
  CHROMARAY_TRANSFER_PATTERN: {
    meaning: 'A pattern matches no trained tensor.',
    advice: 'Correct or remove it.',
    outcome: 'wrongUse',
  },
  CHROMARAY_TRANSFER_FROZEN: {
    meaning: 'The patterns freeze every tensor.',
    advice: 'Leave at least one out.',
    outcome: 'wrongUse',
  },
  CHROMARAY_TRANSFER_RATE: {
    meaning: 'A factor of the learning rate is not above 0.',
    advice: 'Give a factor such as 0.1.',
    outcome: 'wrongUse',
  },
} as const satisfies ErrorArea;
