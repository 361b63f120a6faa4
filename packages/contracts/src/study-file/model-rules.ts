import type { Layer } from '@chromaray/engine';
import type { NetworkPreset } from './names.js';
import type { Problem } from './problem.js';
import type { ModelSection } from './study-file.js';

const forOnnx = ['features'] as const;
const forPretrained = ['weights', 'input', 'head'] as const;

/** What a model section gets wrong: keys that need or exclude one another. */
export function modelProblems(model: ModelSection, presets: readonly NetworkPreset[]): readonly Problem[] {
  const { preset, onnx, layers } = model;
  const [named, second] = (['preset', 'onnx', 'layers'] as const).filter((key) => model[key] !== undefined);
  if (named === undefined) {
    return [
      {
        code: 'REQUIRED',
        path: ['model', 'preset'],
        message: '"model.preset" is missing',
        remedy: 'Name a preset, a network from elsewhere with `onnx`, or list its `layers`.',
      },
    ];
  }
  if (second !== undefined) {
    return [problem(second, `"model" names both ${sources[named]} and ${sources[second]}`, 'Remove one of them.')];
  }
  if (layers !== undefined) return layersProblems(model, layers);
  return onnx === undefined ? presetProblems(model, preset!, presets) : onnxProblems(model);
}

const sources = { preset: 'a preset', onnx: 'an ONNX file', layers: 'layers of its own' } as const;

function layersProblems(model: ModelSection, layers: NonNullable<ModelSection['layers']>): readonly Problem[] {
  const problems: Problem[] = [...forOnnx, ...forPretrained]
    .filter((key) => model[key] !== undefined)
    .map((key) => meaningless(key, 'layers of its own, which begin at random weights', 'Remove it.'));
  const rules = (layer: Layer, path: readonly PropertyKey[]): readonly Problem[] => {
    const wrong = (key: string, message: string, remedy: string): Problem => ({
      ...{ code: 'MODEL', message, remedy },
      path: [...path, key],
    });
    if (layer.layer === 'residual') return layer.layers.flatMap((inner, i) => rules(inner, [...path, 'layers', i]));
    if (layer.layer === 'norm' && layer.groups !== undefined && layer.kind !== 'group') {
      const message = `"groups" has no meaning for a norm of the kind "${layer.kind ?? 'batch'}"`;
      return [wrong('groups', message, 'Remove it, or write `kind: group`.')];
    }
    if (layer.layer === 'pool' && layer.kind?.startsWith('global') === true) {
      return (['size', 'stride', 'padding'] as const)
        .filter((key) => layer[key] !== undefined)
        .map((key) => wrong(key, `"${key}" has no meaning for a pool of the kind "${layer.kind}"`, 'Remove it.'));
    }
    const constraint = 'constraint' in layer ? layer.constraint : undefined;
    if (typeof constraint !== 'object' || constraint.minNorm <= constraint.maxNorm) return [];
    const message = `its norms run from ${constraint.minNorm} down to ${constraint.maxNorm}`;
    return [wrong('constraint', message, 'Write the lower norm as `minNorm`.')];
  };
  return [...problems, ...layers.flatMap((layer, i) => rules(layer, ['model', 'layers', i]))];
}

function presetProblems(model: ModelSection, preset: string, presets: readonly NetworkPreset[]): readonly Problem[] {
  const problems: Problem[] = forOnnx
    .filter((key) => model[key] !== undefined)
    .map((key) => meaningless(key, 'a preset', 'Remove it, or write `onnx` in place of `preset`.'));
  const known = presets.find(({ name }) => name === preset);
  if (known === undefined) return problems;
  if (known.weights === undefined) {
    const given = forPretrained.filter((key) => model[key] !== undefined);
    const others = presets.flatMap(({ name, weights }) => (weights === undefined ? [] : [name]));
    const remedy = `Remove it, or use one of ${others.join(', ')}.`;
    problems.push(...given.map((key) => meaningless(key, `the preset "${preset}"`, remedy)));
  }
  if (known.weights === 'required' && model.weights === undefined) {
    problems.push({
      code: 'WEIGHTS',
      path: ['model', 'weights'],
      message: `the preset "${preset}" needs pretrained weights, which do not come with Chromaray`,
      remedy: 'Export the network as ONNX and write `weights: <file>`; docs/transfer.md says how.',
    });
  }
  return problems;
}

function onnxProblems(model: ModelSection): readonly Problem[] {
  const problems: Problem[] = [];
  if (model.weights !== undefined) {
    problems.push(meaningless('weights', 'an ONNX network, which has its own', 'Remove it.'));
  }
  if (model.input === undefined) {
    const message = '"model.input" is missing, which "model.onnx" needs';
    const remedy = 'Write how the network was trained: imagenet, caffe, { range: [-1, 1] } or { mean: …, sd: … }.';
    problems.push({ code: 'REQUIRED', path: ['model', 'input'], message, remedy });
  }
  return problems;
}

function meaningless(key: string, where: string, remedy: string): Problem {
  return problem(key, `"model.${key}" has no meaning for ${where}`, remedy);
}

function problem(key: string, message: string, remedy: string): Problem {
  return { code: 'MODEL', path: ['model', key], message, remedy };
}
