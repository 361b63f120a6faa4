import { GraphBuilder } from '../../builder/builder.js';
import { defaultOpset } from '../../graph/opset.js';
import type { BackendOptions, TrainingState } from '../backend.js';
import { graphModel } from './graph-model.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from './ort.js';
import {
  allTensors,
  asState,
  initialValues,
  type Results,
  restorable,
  type StateMemory,
  type StateTensors,
} from './state-memory.js';

/**
 * State in the memory of a GPU. It goes there with the first step and is read back when somebody asks for it:
 * with it in main memory, every step would carry weights and slots in both directions.
 *
 * ONNX Runtime makes the tensors that a step writes; those it has read are given back at once.
 */
export class DeviceMemory implements StateMemory {
  private readonly tensors = new Map<string, OrtTensor>();
  private reader: OrtSession | undefined;

  constructor(
    private readonly state: StateTensors,
    initial: ReadonlyMap<string, Float32Array>,
    private readonly options: BackendOptions,
  ) {
    const values = initialValues(state, initial);
    for (const { name, dims } of allTensors(state)) this.tensors.set(name, wrap('float32', values.get(name)!, dims));
  }

  current(name: string): OrtTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new RangeError(`The training has no tensor named "${name}".`);
    return tensor;
  }

  target(): null {
    return null;
  }

  renew(results: Results): void {
    for (const { name, output } of allTensors(this.state)) this.replace(name, results[output]!);
  }

  discard(results: Results): void {
    for (const { output } of allTensors(this.state)) dispose(results[output]!);
  }

  async copy(): Promise<TrainingState> {
    const entries = [...this.tensors];
    const onDevice = entries.filter(([, { location }]) => location !== 'cpu');
    const read = onDevice.length === 0 ? new Map<string, Float32Array>() : await this.read(onDevice);
    const values = entries.map(
      ([name, tensor]) => [name, read.get(name) ?? (tensor.data as Float32Array).slice()] as const,
    );
    return asState(this.state, new Map(values));
  }

  restore(state: TrainingState): void {
    for (const [{ name, dims }, values] of restorable(this.state, state))
      this.replace(name, wrap('float32', values.slice(), dims));
  }

  async release(): Promise<void> {
    for (const tensor of this.tensors.values()) dispose(tensor);
    this.tensors.clear();
    await this.reader?.release();
    this.reader = undefined;
  }

  private replace(name: string, tensor: OrtTensor): void {
    dispose(this.current(name));
    this.tensors.set(name, tensor);
  }

  /** Node's ONNX Runtime cannot download a tensor, so a graph hands it through to an output in main memory. */
  private async read(tensors: readonly (readonly [string, OrtTensor])[]): Promise<ReadonlyMap<string, Float32Array>> {
    this.reader ??= await createOrtSession(graphModel(this.readingGraph(), defaultOpset), this.options);
    const results = await this.reader.run(Object.fromEntries(tensors));
    return new Map(tensors.map(([name]) => [name, results[readName(name)]!.data as Float32Array]));
  }

  private readingGraph() {
    const builder = new GraphBuilder('read', defaultOpset);
    for (const { name, dims } of allTensors(this.state)) builder.input(name, 'float32', dims);
    for (const { name } of allTensors(this.state))
      builder.output(builder.node('Identity', [name], {}, { outputs: [readName(name)] }));
    return builder.build();
  }
}

function readName(name: string): string {
  return `read/${name}`;
}

function dispose(tensor: OrtTensor): void {
  if (tensor.location !== 'cpu') tensor.dispose();
}
