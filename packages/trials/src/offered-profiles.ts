import { type BackendAvailability, describeBackends } from '@chromaray/engine';
import type { ExecutionProfile } from './execution-profile.js';

/** A backend that a machine has, on what executes its operators. */
export type BackendOffer = Pick<ExecutionProfile, 'backend' | 'version' | 'provider'> & {
  readonly precisions: readonly ExecutionProfile['precision'][];
};

/** What this machine can compute by, besides its processor and the number of threads. Whether a device is found is not tried. */
export function offeredBackends(
  backends: readonly BackendAvailability[] = describeBackends(),
): readonly BackendOffer[] {
  return backends.flatMap(({ name, available, version = '', providers = [], precisions = [] }) =>
    available ? providers.map((provider) => ({ backend: name, version, provider, precisions })) : [],
  );
}
