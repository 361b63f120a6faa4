import type { BackendOptions } from '../../backend.js';
import { callFailed } from '../native/errors.js';
import type { Library } from '../native/library.js';

/** One thing a program does. */
export type Instruction =
  | {
      readonly kind: 'primitive';
      /** For profiles: what it is and for which node. */
      readonly label: string;
      readonly primitive: bigint;
      readonly count: number;
      /** Address of the native array of arguments. */
      readonly parameters: bigint;
    }
  | { readonly kind: 'host'; readonly label: string; readonly run: () => void | Promise<void> };

/** Instructions with all their memory, ready to run again and again without allocating. */
export class Program {
  private prepared = false;

  constructor(
    private readonly library: Library,
    private readonly preparation: readonly Instruction[],
    private readonly body: readonly Instruction[],
    /** Bytes of intermediate values. */
    readonly bytes: number,
    private readonly onKernel?: BackendOptions['onKernel'],
  ) {}

  /** Makes the next run compute anew what depends on fixed values only. */
  invalidate(): void {
    this.prepared = false;
  }

  async run(): Promise<void> {
    if (!this.prepared) await this.execute(this.preparation);
    this.prepared = true;
    await this.execute(this.body);
  }

  /** Labels in order, for tests and logs. */
  labels(): readonly string[] {
    return this.body.map(({ label }) => label);
  }

  /** Milliseconds by label of one run. */
  async profile(): Promise<ReadonlyMap<string, number>> {
    const spent = new Map<string, number>();
    if (!this.prepared) await this.execute(this.preparation);
    this.prepared = true;
    for (const instruction of this.body) {
      const begun = performance.now();
      await this.execute([instruction]);
      spent.set(instruction.label, (spent.get(instruction.label) ?? 0) + performance.now() - begun);
    }
    return spent;
  }

  private async execute(instructions: readonly Instruction[]): Promise<void> {
    const { symbols, stream } = this.library;
    const { onKernel } = this;
    const run = symbols.dnnl_primitive_execute!;
    for (const instruction of instructions) {
      if (instruction.kind === 'primitive') {
        const begun = onKernel === undefined ? 0 : performance.now();
        const status = run(instruction.primitive, stream, instruction.count, instruction.parameters);
        onKernel?.(instruction.label, (performance.now() - begun) / 1000);
        if (status !== 0) throw callFailed(`primitive ${instruction.label}`, Number(status));
      } else {
        const pending = instruction.run();
        if (pending !== undefined) await pending;
      }
    }
    const status = symbols.dnnl_stream_wait!(stream);
    if (status !== 0) throw callFailed('dnnl_stream_wait', Number(status));
  }
}
