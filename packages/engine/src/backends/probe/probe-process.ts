import { isChromarayError } from '@chromaray/base';
import type { BackendOptions } from '../backend.js';
import { createOrtSession, smallestModel, wrap } from '../onnxruntime/ort.js';
import { PlacementRecorder } from '../onnxruntime/placement.js';
import { howToGet } from '../onnxruntime/providers.js';
import type { Provider } from '../provider.js';
import { deviceName } from './device-name.js';
import type { ProviderState } from './provider-state.js';

// The process that `probeProvider` starts: tries one provider, says what came of it, ends.

type Asked = Pick<BackendOptions, 'providerOptions'> & { readonly provider: Provider };

async function probe(asked: Asked): Promise<ProviderState> {
  const { provider } = asked;
  const remedy = howToGet(provider);
  const recorder = new PlacementRecorder();
  try {
    const session = await createOrtSession(smallestModel(), { ...asked, threads: 1 }, recorder.sessionOptions);
    const { y } = await session.run({ x: wrap('float32', Float32Array.of(1, 2, 3, 4), [4]) });
    const placement = recorder.finish(session);
    const values = (y!.data as Float32Array).join();
    if (values !== '2,4,6,8')
      return {
        provider,
        works: false,
        reason: `The execution provider ${provider} computed ${values} for 2,4,6,8.`,
        remedy,
      };
    if (provider !== 'cpu' && [...placement.keys()].every((name) => name === 'CPUExecutionProvider'))
      return { provider, works: false, reason: `ONNX Runtime computes on the CPU in place of ${provider}.`, remedy };
    const device = deviceName(provider, asked.providerOptions?.deviceId);
    return { provider, works: true, ...(device === undefined ? {} : { device }) };
  } catch (error) {
    recorder.discard();
    const reason = (error as Error).message;
    return { provider, works: false, reason, remedy: isChromarayError(error) ? error.remedy : remedy };
  }
}

const state = await probe(JSON.parse(process.argv[2]!) as Asked);
process.send?.(state, () => process.disconnect());
