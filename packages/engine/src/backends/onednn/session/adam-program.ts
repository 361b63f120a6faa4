import { addressOf } from '../native/native-values.js';
import type { Description, Operation, PostOperation } from '../native/operation.js';
import { Scope } from '../native/scope.js';
import { allocateAligned } from '../plan/memory-plan.js';
import { ProgramBuilder } from '../plan/program-builder.js';
import type { Value } from '../plan/value.js';
import { type AdamNumbers, type AdamRequest, adamRates, ownNumbers } from './adam-numbers.js';
import { groupMemory, type Update } from './optimizer-state.js';

/** Elements updated at a time: their weights, gradients and slots stay in a core's cache from one pass to the next. */
const chunk = 2 ** 17;

/**
 * Adam and AdamW as oneDNN's binary operations on a part of the weights at a time, all in float32:
 *
 *     g += 2 L2 w                 where there is a penalty; the gradient is computed anew in every step
 *     m  = beta1 m + (1 - beta1) g
 *     v  = beta2 v + (1 - beta2) g g
 *     t  = sqrt(v) + epsilon
 *     t  = m / t
 *     w  = (1 - decay) w          AdamW
 *     w  = w - rate t
 *
 * Each element by itself, so that the bits do not depend on threads.
 */
export function adamProgram({ library, specification, numbers, groups, state, options }: AdamRequest): Update {
  const scope = new Scope(library);
  const program = new ProgramBuilder(scope);
  const passes = new Passes(program, numbers);
  const rates = new Map<number, Rates>();
  for (const group of groups) {
    const { factor, twiceL2 } = ownNumbers(specification, group);
    const own = rates.get(factor) ?? new Rates(program);
    rates.set(factor, own);
    const penalty = twiceL2 === 0 ? undefined : passes.number(twiceL2);
    const { weights, gradients, slots } = state;
    const memory = [
      ...[groupMemory(group, weights), groupMemory(group, gradients)],
      ...[groupMemory(group, slots, '/mean'), groupMemory(group, slots, '/square')],
    ];
    for (let start = 0; start < memory[0]!.length; start += chunk) {
      passes.add(
        memory.map((floats) => floats.subarray(start, start + chunk)),
        own,
        penalty,
      );
    }
  }
  const built = program.build(options.onKernel);
  return {
    async run(learningRate, step) {
      const { rate, decay } = adamRates(numbers, learningRate, step);
      for (const [factor, own] of rates) own.set(rate * factor, decay * factor);
      await built.run();
    },
    release: async () => scope.release(),
  };
}

/** Numbers that change from step to step, of the groups with one factor on the learning rate. */
class Rates {
  private readonly move = number();
  private readonly keep = number();
  /** What a move is multiplied by, and what is left of the weight. */
  readonly moved: Value;
  readonly kept: Value;

  constructor(program: ProgramBuilder) {
    const value = (memory: Float32Array) => vector(program, memory);
    [this.moved, this.kept] = [value(this.move), value(this.keep)];
  }

  set(rate: number, decay: number): void {
    this.move[0] = -rate;
    this.keep[0] = 1 - decay;
  }
}

/** The passes over a part of the weights. */
class Passes {
  private readonly one: Value;
  private readonly share: Value;
  private readonly descriptions = new Map<string, Description>();

  constructor(
    private readonly program: ProgramBuilder,
    private readonly adam: AdamNumbers,
  ) {
    this.one = this.number(1);
    this.share = this.number(1 - adam.beta1);
  }

  number(value: number): Value {
    return this.program.constant([1], Float32Array.of(value));
  }

  add(memory: readonly Float32Array[], { moved, kept }: Rates, penalty: Value | undefined): void {
    const { beta1, beta2, epsilon, weightDecay } = this.adam;
    const [weights, gradients, means, squares] = memory.map((floats) => vector(this.program, floats)) as Four;
    const { dims, descriptor } = weights;
    const quotient = this.program.value(dims, 'float32', descriptor);
    const linear = (alpha: number, beta: number) => ({ algorithm: 'linear', alpha, beta }) as const;
    const sum = (scale: number) => ({ algorithm: 'sum', scale }) as const;
    const root = { algorithm: 'square-root', alpha: 0, beta: 0 } as const;

    if (penalty !== undefined) this.run('multiply', weights, penalty, gradients, [sum(1)]);
    this.run('multiply', gradients, this.share, means, [sum(beta1)]);
    this.run('multiply', gradients, gradients, squares, [linear(1 - beta2, 0), sum(beta2)]);
    this.run('multiply', squares, this.one, quotient, [root, linear(1, epsilon)]);
    this.run('divide', means, quotient, quotient, []);
    if (weightDecay !== 0) this.run('multiply', weights, kept, weights, []);
    this.run('multiply', quotient, moved, weights, [sum(1)]);
  }

  private run(
    algorithm: Extract<Operation, { kind: 'binary' }>['algorithm'],
    source: Value,
    secondSource: Value,
    destination: Value,
    post: readonly PostOperation[],
  ): void {
    const key = JSON.stringify([algorithm, source.dims, secondSource.dims, post]);
    const known = this.descriptions.get(key);
    const [first, second] = [source.descriptor, secondSource.descriptor];
    const operation = { kind: 'binary', algorithm, first, second, destination: destination.descriptor } as const;
    const description = known ?? this.program.scope.describe(operation, post);
    this.descriptions.set(key, description);
    this.program.run('Adam', description, { source, secondSource, destination });
  }
}

type Four = [weights: Value, gradients: Value, means: Value, squares: Value];

function number(): Float32Array {
  const memory = allocateAligned(Float32Array.BYTES_PER_ELEMENT, addressOf);
  return new Float32Array(memory.buffer, memory.byteOffset, 1);
}

/** Memory of ours as a vector of a program. */
function vector(program: ProgramBuilder, { buffer, byteOffset, byteLength, length }: Float32Array): Value {
  const memory = new Uint8Array(buffer, byteOffset, byteLength);
  return program.value([length], 'float32', program.scope.plain([length]), { memory });
}
