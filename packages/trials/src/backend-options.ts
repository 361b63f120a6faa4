import type { TrainingSection } from '@chromaray/contracts';
import type { BackendOptions } from '@chromaray/engine';

type Computing = Pick<TrainingSection, 'backend' | 'provider' | 'device' | 'precision'>;

/** What a study's models are trained and run on, in the engine's terms. */
export function backendOptions(
  training: Computing,
): Required<Pick<BackendOptions, 'provider' | 'precision'>> &
  Pick<BackendOptions, 'providerOptions'> & { readonly backend: Computing['backend'] } {
  const { backend, provider, device, precision } = training;
  return { backend, provider, precision, ...(device === undefined ? {} : { providerOptions: { deviceId: device } }) };
}
