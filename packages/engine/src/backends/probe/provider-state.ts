import type { Provider } from '../provider.js';

/** An execution provider as this machine has it. */
export interface ProviderState {
  readonly provider: Provider;
  /** Whether it found a device and computed on it. */
  readonly works: boolean;
  /** The device's own name, where it can be asked for. */
  readonly device?: string;
  /** When it does not work: why, and what to do, in sentences. */
  readonly reason?: string;
  readonly remedy?: string;
}
