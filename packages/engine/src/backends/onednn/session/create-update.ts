import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import type { Library } from '../native/library.js';
import { adamLoop } from './adam-loop.js';
import { adamNumbers } from './adam-numbers.js';
import { adamProgram } from './adam-program.js';
import { graphUpdate } from './graph-update.js';
import type { OptimizerState, Update } from './optimizer-state.js';
import { type UpdateGroup, updateGroups } from './update-groups.js';

/**
 * The update of a training's weights. Tensors that Adam or AdamW moves element by element take a few passes of primitives over memory
 * that stays in cache, or one of ours where oneDNN has no fast primitives for it; the others (clipped by a norm over all, or
 * projected, or moved by plain descent) take the graph of every backend.
 */
export async function createUpdate(
  library: Library,
  specification: TrainingSpecification,
  state: OptimizerState,
  options: BackendOptions,
): Promise<Update> {
  const sizes = specification.model.trainable.map((name) => [name, state.gradients.get(name).floats.length] as const);
  const groups = updateGroups(specification, new Map(sizes));
  const numbers = adamNumbers(specification.optimizer);
  const isElementwise = ({ tensors }: UpdateGroup) =>
    specification.clipNorm === undefined && !tensors.some((name) => specification.model.constraints.has(name));
  const elementwise = numbers === undefined ? [] : groups.filter(isElementwise);
  const others = groups.filter((group) => !elementwise.includes(group));
  const updates: Update[] = [];
  if (others.length > 0) updates.push(await graphUpdate(specification, others, state, options));
  if (numbers !== undefined && elementwise.length > 0) {
    const adam = hasFastPrimitives() ? adamProgram : adamLoop;
    updates.push(adam({ library, specification, numbers, groups: elementwise, state, options }));
  }
  return {
    run: async (learningRate, step) => {
      for (const update of updates) await update.run(learningRate, step);
    },
    release: async () => {
      for (const update of updates) await update.release();
    },
  };
}

/** oneDNN compiles its binary operations for x64; elsewhere it may fall back to a reference that takes many times as long. */
function hasFastPrimitives(): boolean {
  return process.arch === 'x64';
}
