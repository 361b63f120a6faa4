import type { NetworkPreset } from './names.js';
import type { Problem } from './problem.js';
import type { ModelSection } from './study-file.js';

const forOnnx = ['features'] as const;
const forPretrained = ['weights', 'input', 'head'] as const;

/** What a model section gets wrong: keys that need or exclude one another. */
export function modelProblems(model: ModelSection, presets: readonly NetworkPreset[]): readonly Problem[] {
  const { preset, onnx } = model;
  if (preset === undefined && onnx === undefined) {
    return [
      {
        code: 'REQUIRED',
        path: ['model', 'preset'],
        message: '"model.preset" is missing',
        remedy: 'Name a preset, or a network from elsewhere with `onnx`.',
      },
    ];
  }
  if (preset !== undefined && onnx !== undefined) {
    return [problem('onnx', '"model" names both a preset and an ONNX file', 'Remove one of them.')];
  }
  return onnx === undefined ? presetProblems(model, preset!, presets) : onnxProblems(model);
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
