import { describe, expect, it } from 'vitest';
import { buildPreset } from '../../presets/registry.js';
import { stateTensors } from '../../training/forward/forward.js';
import { buildStepGraph } from '../../training/step/step-graph.js';
import type { TrainableModel } from '../../training/types.js';
import { webgpu } from '../conformance/webgpu.test-support.js';
import { probeProvider } from '../probe/probe.js';
import { createOrtSession, wrap } from './ort.js';
import { type Placement, PlacementRecorder } from './placement.js';

const { missing } = webgpu;
const reason = missing === undefined ? '' : ` (skipped: ${missing})`;

/** Where the nodes of one training step run. */
async function placementOf(model: TrainableModel): Promise<Placement> {
  const step = buildStepGraph(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, clipNorm: 1, seed: 1 },
    2,
  );
  const recorder = new PlacementRecorder();
  const session = await createOrtSession(step.model, { provider: 'webgpu', threads: 1 }, recorder.sessionOptions);
  const initial = stateTensors(model);
  const feeds = step.model.graph.inputs.map(({ name, dtype, shape }) => {
    const dims = shape as number[];
    const size = dims.reduce((a, b) => a * b, 1);
    const data = initial.get(name)?.data ?? (dtype === 'uint8' ? new Uint8Array(size).fill(1) : new Float32Array(size));
    return [name, wrap(dtype as 'float32', data as Float32Array, dims)];
  });
  await session.run(Object.fromEntries(feeds));
  const placement = recorder.finish(session);
  await session.release();
  return placement;
}

describe.skipIf(missing !== undefined)(`WebGPU${reason}`, { timeout: 240_000 }, () => {
  it('runs a training step to the last node, so that no value travels to the CPU and back', async () => {
    const placement = await placementOf(buildPreset('small', { seed: 1, height: 16, width: 16 }));
    expect([...placement.keys()]).toEqual(['WebGpuExecutionProvider']);
    const operators = placement.get('WebGpuExecutionProvider')!;
    expect(operators.get('Conv')).toBeGreaterThan(5);
    expect(operators.has('MemcpyToHost')).toBe(false);
  });

  it('is found to work, on a device with a name', async () => {
    expect(await probeProvider('webgpu')).toEqual({
      provider: 'webgpu',
      works: true,
      device: expect.stringMatching(/\w/),
    });
  });
});
