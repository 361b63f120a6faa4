import { stringAttribute } from '../../../graph/attributes.js';
import { graphError } from '../../../graph/errors.js';
import { upstream, zerosLike } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Puts slices in place of those of a tensor, or adds them; no place may be named twice where it is to be trained. */
export const scatterNd: Operator = {
  opType: 'ScatterND',
  infer: sameAsInput,
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const reduction = stringAttribute(node, 'reduction', 'none');
    if (reduction !== 'none' && reduction !== 'add')
      throw graphError(node, `has the reduction "${reduction}"; none and add can be trained`);
    const [indices, updates] = [context.input(1), context.input(2)];
    const kept = () =>
      reduction === 'add' ? dy : builder.node('ScatterND', [dy, indices, zerosLike(builder, updates)]);
    return [
      context.wants(0) ? kept() : undefined,
      undefined,
      context.wants(2) ? builder.node('GatherND', [dy, indices]) : undefined,
    ];
  },
};
