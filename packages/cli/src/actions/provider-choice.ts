import type { PredictOptions, Provider } from '@chromaray/engine';

export interface ProviderChoice {
  readonly backend?: string;
  readonly provider: Provider;
  readonly device?: number;
}

/** The options in the engine's terms. */
export function providerChoice({
  backend,
  provider,
  device,
}: ProviderChoice): Pick<PredictOptions, 'backend' | 'provider' | 'providerOptions'> {
  return {
    ...(backend === undefined ? {} : { backend }),
    provider,
    ...(device === undefined ? {} : { providerOptions: { deviceId: device } }),
  };
}
