import type { Layer } from '@chromaray/engine';
import type { ModelSection } from './study-file.js';

type Keys = Readonly<Record<string, unknown>>;

/** What each kind of layer is without the key; `pool.stride` follows from its size, and `conv.padding` is looked at apart. */
const layerDefaults: Readonly<Partial<Record<Layer['layer'], Keys>>> = {
  conv: { kernel: 3, stride: 1, dilation: 1, groups: 1, bias: true, initializer: 'he-normal' },
  norm: { kind: 'batch' },
  pool: { kind: 'max', size: 2, padding: 0 },
  dense: { bias: true, initializer: 'glorot-uniform' },
};

/** A model section without the keys that say what holds without them: two that come to the same are then written alike. */
export function effectiveModel(model: ModelSection): ModelSection {
  const { layers, head, batchNorm, learningRates, freeze, ...rest } = model;
  const ownHead = head === undefined ? {} : without(head, { dropout: 0, pooling: 'average' });
  return {
    ...rest,
    ...(layers === undefined ? {} : { layers: layers.map(effectiveLayer) }),
    ...(Object.keys(ownHead).length === 0 ? {} : { head: ownHead }),
    ...(batchNorm === undefined || batchNorm === 'update' ? {} : { batchNorm }),
    ...(learningRates === undefined || learningRates.every(({ factor }) => factor === 1) ? {} : { learningRates }),
    // Patterns with "!" take out of what others have named.
    ...(freeze === undefined || freeze.every((pattern) => pattern.startsWith('!')) ? {} : { freeze }),
  };
}

/** A layer without the keys that have their default. */
export function effectiveLayer<L extends Layer>(layer: L): L {
  if (layer.layer === 'residual') return { ...layer, layers: layer.layers.map(effectiveLayer) };
  const plain = without(layer, layerDefaults[layer.layer] ?? {});
  if (layer.layer === 'conv') return withoutSame(plain, layer) as L;
  if (layer.layer === 'pool') return without(plain, { stride: layer.size ?? 2 }) as L;
  return layer.layer === 'norm' && layer.kind === 'group' ? without(plain, { groups: 8 }) : plain;
}

/** Padding that keeps the size is the default; `valid` is none. */
function withoutSame(plain: object, { kernel = 3, dilation = 1, padding }: Extract<Layer, { layer: 'conv' }>): object {
  const { padding: _, ...rest } = plain as { readonly padding?: unknown };
  const pixels = padding === 'valid' ? 0 : padding;
  const same = kernel % 2 === 1 ? (dilation * (kernel - 1)) / 2 : undefined;
  return pixels === undefined || pixels === 'same' || pixels === same ? rest : { ...rest, padding: pixels };
}

/** A mapping without the keys that have their default. */
function without<T extends object>(of: T, defaults: Keys): T {
  return Object.fromEntries(
    Object.entries(of).filter(([key, value]) => value === undefined || value !== defaults[key]),
  ) as T;
}
