import { floatAttribute, floatsAttribute, intAttribute, intsAttribute, stringAttribute } from '../graph/attributes.js';
import { graphError } from '../graph/errors.js';
import { floatTensor, intTensor } from '../graph/tensor.js';
import type { Attributes, AttributeValue, GraphNode, Tensor } from '../graph/types.js';

/** What the newer form of a node may need. */
export interface UpgradeContext {
  /** Adds a constant and returns its name. */
  add(tensor: Tensor): string;
  /** A value name that is not in use. */
  unique(hint: string): string;
  /** Number of axes of a value. */
  rank(value: string): number;
  /** Whether any node or output uses a value. */
  isUsed(value: string): boolean;
}

interface Upgrade {
  /** The operator set that changed the form. */
  readonly since: number;
  rewrite(node: GraphNode, context: UpgradeContext): readonly GraphNode[];
}

/** Reductions that took their axes as an attribute until operator set 18; `ReduceSum` did until 13. */
const reductions = ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'SumSquare'].map(
  (of) => `Reduce${of}`,
);

/**
 * Operators whose form changed between operator sets 7 and 21, from the version tables of the ONNX operator
 * specification (https://onnx.ai/onnx/operators/). Most changes moved an attribute to an input.
 */
export const upgrades: Readonly<Record<string, Upgrade>> = {
  BatchNormalization: { since: 9, rewrite: perChannel },
  Clip: { since: 11, rewrite: clip },
  Dropout: { since: 12, rewrite: dropout },
  GroupNormalization: { since: 21, rewrite: perGroup },
  LogSoftmax: { since: 13, rewrite: softmax },
  Pad: { since: 11, rewrite: pad },
  ...Object.fromEntries(reductions.map((opType) => [opType, { since: 18, rewrite: intsToInput('axes') }])),
  ReduceSum: { since: 13, rewrite: intsToInput('axes') },
  Resize: { since: 11, rewrite: resize },
  Slice: { since: 10, rewrite: slice },
  Softmax: { since: 13, rewrite: softmax },
  Split: { since: 13, rewrite: intsToInput('split') },
  Squeeze: { since: 13, rewrite: intsToInput('axes') },
  Unsqueeze: { since: 13, rewrite: intsToInput('axes') },
  Upsample: { since: 10, rewrite: upsample },
};

function without(node: GraphNode, ...names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(node.attributes).filter(([name]) => !names.includes(name)));
}

function intsToInput(name: string) {
  return (node: GraphNode, context: UpgradeContext): readonly GraphNode[] => {
    const values = intsAttribute(node, name);
    if (values === undefined) return [node];
    const input = context.add(intTensor([values.length], values));
    return [{ ...node, inputs: [node.inputs[0]!, input], attributes: without(node, name) }];
  };
}

function perGroup(node: GraphNode): readonly GraphNode[] {
  throw graphError(node, 'scales by group, which operator sets from 21 on do not have; export it with 21 or later');
}

function perChannel(node: GraphNode): readonly GraphNode[] {
  if (intAttribute(node, 'spatial', 1) !== 1) throw graphError(node, 'normalises each pixel by itself (spatial = 0)');
  return [{ ...node, attributes: without(node, 'spatial') }];
}

function clip(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const end = (name: string): string => {
    const value = node.attributes[name];
    return value === undefined ? '' : context.add(floatTensor([], [floatAttribute(node, name, 0)]));
  };
  return [{ ...node, inputs: [node.inputs[0]!, end('min'), end('max')], attributes: without(node, 'min', 'max') }];
}

function dropout(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const ratio = context.add(floatTensor([], [floatAttribute(node, 'ratio', 0.5)]));
  const mask = node.outputs[1];
  const outputs = mask !== undefined && context.isUsed(mask) ? node.outputs : node.outputs.slice(0, 1);
  return [{ ...node, inputs: [node.inputs[0]!, ratio], outputs, attributes: without(node, 'ratio') }];
}

function pad(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const pads = intsAttribute(node, 'pads') ?? [];
  const amounts = context.add(intTensor([pads.length], pads));
  const value = context.add(floatTensor([], [floatAttribute(node, 'value', 0)]));
  const mode: AttributeValue = stringAttribute(node, 'mode', 'constant');
  return [{ ...node, inputs: [node.inputs[0]!, amounts, value], attributes: { mode } }];
}

/** Operator set 10 had scales as second input and one way to map coordinates. */
function resize(node: GraphNode): readonly GraphNode[] {
  const attributes = {
    ...node.attributes,
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  };
  return [{ ...node, inputs: [node.inputs[0]!, '', node.inputs[1]!], attributes }];
}

/** Operator set 10 replaced it by Resize; its scales were an attribute in 7 and are an input in 9. */
function upsample(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const scales = floatsAttribute(node, 'scales');
  const input = scales === undefined ? node.inputs[1]! : context.add(floatTensor([scales.length], scales));
  const { scales: _, ...attributes } = node.attributes;
  return resize({ ...node, opType: 'Resize', inputs: [node.inputs[0]!, input], attributes });
}

function slice(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const list = (name: string): readonly number[] | undefined => intsAttribute(node, name);
  const starts = list('starts') ?? [];
  const ends = list('ends') ?? [];
  const axes = list('axes') ?? starts.map((_, axis) => axis);
  const inputs = [starts, ends, axes].map((values) => context.add(intTensor([values.length], values)));
  return [{ ...node, inputs: [node.inputs[0]!, ...inputs], attributes: {} }];
}

/** Before 13 the axes from `axis` on were taken together; now it is one axis, so others are flattened into it. */
function softmax(node: GraphNode, context: UpgradeContext): readonly GraphNode[] {
  const x = node.inputs[0]!;
  const rank = context.rank(x);
  const given = intAttribute(node, 'axis', 1);
  const axis = given < 0 ? given + rank : given;
  if (axis === rank - 1) return [{ ...node, attributes: { axis: -1 } }];
  const [flat, normal, sizes] = ['flat', 'normal', 'sizes'].map((hint) => context.unique(`${node.name}_${hint}`));
  const make = (opType: string, inputs: readonly string[], output: string, attributes: Attributes): GraphNode => {
    return {
      opType,
      domain: '',
      name: context.unique(`${node.name}_${opType}`),
      inputs,
      outputs: [output],
      attributes,
    };
  };
  return [
    make('Shape', [x], sizes!, {}),
    make('Flatten', [x], flat!, { axis }),
    { ...node, inputs: [flat!], outputs: [normal!], attributes: { axis: -1 } },
    make('Reshape', [normal!, sizes!], node.outputs[0]!, {}),
  ];
}
