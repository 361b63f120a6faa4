import { fork } from 'node:child_process';
import { ChromarayError, childEntry } from '@chromaray/base';
import type { BackendOptions } from '../backend.js';
import { howToGet, ortProviders } from '../onnxruntime/providers.js';
import type { Provider } from '../provider.js';
import type { ProviderState } from './provider-state.js';

const entry = childEntry(import.meta.url, './probe-process');
/** The first program on a GPU has its shaders compiled, by a software driver on a busy machine if it comes to that. */
const patienceMilliseconds = 60_000;
const keptOutput = 2000;

type Options = Pick<BackendOptions, 'providerOptions'>;

/**
 * Tries an execution provider of the backend `onnxruntime`: computes something with it, in a process of its own, so
 * that a driver that crashes takes nothing with it, and gives the device's name.
 */
export function probeProvider(provider: Provider, options: Options = {}): Promise<ProviderState> {
  return new Promise((resolve) => {
    const child = fork(entry.file, [JSON.stringify({ ...options, provider })], {
      execArgv: [...entry.execArgv],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: patienceMilliseconds,
    });
    let state: ProviderState | undefined;
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
    child.on('message', (message: ProviderState) => {
      state = message;
    });
    child.on('error', ({ message }) => resolve(broken(provider, `could not be tried: ${message}.`)));
    child.on('close', (code, killedBy) => {
      const cause = killedBy === null ? `ended with code ${code}` : `was ended by ${killedBy}`;
      const lastLine = output.trim().split('\n').at(-1) ?? '';
      resolve(
        state ??
          broken(
            provider,
            `could not be tried: the process that tried it ${cause}.${lastLine === '' ? '' : ` ${lastLine}`}`,
          ),
      );
    });
  });
}

/** All execution providers of this machine's ONNX Runtime but `cpu`. */
export async function probeProviders(): Promise<readonly ProviderState[]> {
  return Promise.all(
    ortProviders()
      .filter((provider) => provider !== 'cpu')
      .map((provider) => probeProvider(provider)),
  );
}

/**
 * Makes sure, before any work, that a provider computes.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_PROVIDER`
 */
export async function requireProvider(provider: Provider, options: Options = {}): Promise<ProviderState> {
  const state = await probeProvider(provider, options);
  if (state.works) return state;
  throw new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER',
    message: state.reason!,
    remedy: state.remedy!,
    details: { provider },
  });
}

function broken(provider: Provider, reason: string): ProviderState {
  return {
    provider,
    works: false,
    reason: `The execution provider ${provider} ${reason}`,
    remedy: howToGet(provider),
  };
}
