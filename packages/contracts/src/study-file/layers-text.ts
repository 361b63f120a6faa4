import type { Layer } from '@chromaray/engine';
import { effectiveLayer } from './effective-model.js';

type Of<K extends Layer['layer']> = Extract<Layer, { readonly layer: K }>;

/**
 * Layers of a study's own in a line: `conv 32 (stride 2), batch norm, relu, global-average pool, dropout 0.3`. What holds by
 * default is not said, so that equal texts mean equal layers.
 */
export function layersText(layers: readonly Layer[]): string {
  return layers.map((layer) => layerText(effectiveLayer(layer))).join(', ');
}

function layerText(layer: Layer): string {
  switch (layer.layer) {
    case 'conv':
      return withExtras(`conv ${layer.filters}`, [
        ...windowExtras(layer),
        ...convExtras(layer),
        ...weightExtras(layer),
      ]);
    case 'dense':
      return withExtras(`dense ${layer.units}`, weightExtras(layer));
    case 'norm':
      return withExtras(`${layer.kind ?? 'batch'} norm`, keyed(layer, ['groups']));
    case 'activation':
      return layer.kind;
    case 'pool':
      return withExtras(`${layer.kind ?? 'max'} pool`, keyed(layer, ['size', 'stride', 'padding']));
    case 'dropout':
      return `dropout ${layer.rate}`;
    case 'flatten':
      return 'flatten';
    case 'residual':
      return `residual (${layersText(layer.layers)})`;
  }
}

function withExtras(name: string, extras: readonly string[]): string {
  return extras.length === 0 ? name : `${name} (${extras.join(', ')})`;
}

function windowExtras({ kernel }: Of<'conv'>): readonly string[] {
  return kernel === undefined ? [] : [`${kernel}x${kernel}`];
}

function convExtras(layer: Of<'conv'>): readonly string[] {
  return keyed(layer, ['stride', 'padding', 'dilation', 'groups']);
}

function weightExtras({ bias, initializer, l2, constraint }: Of<'conv'> | Of<'dense'>): readonly string[] {
  return [
    ...(bias === false ? ['no bias'] : []),
    ...(initializer === undefined ? [] : [initializer]),
    ...(l2 === undefined ? [] : [`l2 ${l2}`]),
    ...(constraint === undefined
      ? []
      : [typeof constraint === 'string' ? constraint : `norms ${constraint.minNorm} to ${constraint.maxNorm}`]),
  ];
}

/** Keys that are given, each with its value. */
function keyed<T extends object>(layer: T, keys: readonly (keyof T & string)[]): readonly string[] {
  return keys.flatMap((key) => (layer[key] === undefined ? [] : [`${key} ${String(layer[key])}`]));
}
