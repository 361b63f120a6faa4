import type { BackendOptions, Provider } from '@chromaray/engine';

export interface ProviderChoice {
  readonly provider: Provider;
  readonly device?: number;
}

/** The two options in the engine's terms. */
export function providerChoice({
  provider,
  device,
}: ProviderChoice): Pick<BackendOptions, 'provider' | 'providerOptions'> {
  return { provider, ...(device === undefined ? {} : { providerOptions: { deviceId: device } }) };
}
