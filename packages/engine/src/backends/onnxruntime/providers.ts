import { ChromarayError, nearest } from '@chromaray/base';
import type { InferenceSession } from 'onnxruntime-node';
import type { BackendOptions } from '../backend.js';
import { type Provider, providerNames } from '../provider.js';
import { ort, ortFolder } from './library.js';

/** Options that each provider takes; ONNX Runtime itself ignores most of those it does not know. */
const optionNames: Readonly<Record<Provider, readonly string[]>> = {
  cpu: [],
  webgpu: ['validationMode', 'storageBufferCacheMode'],
  cuda: ['deviceId'],
  dml: ['deviceId'],
  coreml: ['coreMlFlags'],
};

/**
 * What a provider is always given. In its other layout, the default, WebGPU in ONNX Runtime 1.30 computes some grouped
 * convolutions and transposed convolutions wrongly; this one is also the faster for our graphs.
 */
const fixedOptions: Partial<Record<Provider, Readonly<Record<string, string>>>> = {
  webgpu: { preferredLayout: 'NCHW' },
};

/** Execution providers that this binary of ONNX Runtime holds or can load; `cpu` is always among them. */
export function ortProviders(): readonly Provider[] {
  const listed = ort()
    .listSupportedBackends()
    .map(({ name }) => name);
  return providerNames.filter((name) => listed.includes(name));
}

/**
 * What ONNX Runtime is given for a provider and its options.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_PROVIDER` for a provider this binary does not hold,
 *   `CHROMARAY_BACKEND_PROVIDER_OPTION` for an option it does not take
 */
export function executionProvider(options: BackendOptions): InferenceSession.ExecutionProviderConfig {
  const { provider = 'cpu', providerOptions = {} } = options;
  if (!ortProviders().includes(provider)) throw notHeld(provider);
  const known = optionNames[provider];
  const stranger = Object.keys(providerOptions).find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknownOption(provider, stranger, known);
  return { name: provider, ...fixedOptions[provider], ...providerOptions };
}

/** A provider that ONNX Runtime holds but that does not start on this machine. */
export function providerFailed(provider: Provider, cause: Error): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER',
    message: `The execution provider ${provider} does not start on this machine: ${reasonOf(cause)}`,
    remedy: howToGet(provider),
    cause,
    details: { provider },
  });
}

/** What a machine needs for a provider, and the way on without it. */
export function howToGet(provider: Provider): string {
  return `${needs(provider)} Or use the provider cpu.`;
}

function needs(provider: Provider): string {
  switch (provider) {
    case 'cpu':
      return 'It needs nothing.';
    case 'webgpu':
      return process.platform === 'linux'
        ? 'Install the Vulkan loader and the Vulkan driver of your GPU (Debian and Ubuntu: `apt-get install libvulkan1 mesa-vulkan-drivers`; NVIDIA: its own driver); `vulkaninfo --summary` must list the GPU.'
        : 'Install the current driver of your GPU.';
    case 'cuda':
      return `Install the driver of NVIDIA, CUDA 12 and cuDNN 9, and copy the libraries of the provider into ${ortFolder()}; docs/gpu.md has the commands.`;
    case 'dml':
      return 'It needs Windows 10 or newer and a GPU driver for DirectX 12.';
    case 'coreml':
      return 'It needs macOS 12 or newer.';
  }
}

/** The part of ONNX Runtime's message that means something to a user. */
function reasonOf({ message }: Error): string {
  const [line = ''] = message.trim().split('\n');
  return line.replace(/^.*was false\. /, '').replace(/\.?$/, '.');
}

function notHeld(provider: string): ChromarayError {
  const known = ortProviders();
  const exists = providerNames.includes(provider as Provider);
  const suggestion = exists ? undefined : nearest(provider, known);
  return new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER',
    message: exists
      ? `ONNX Runtime for ${process.platform} on ${process.arch} has no execution provider "${provider}"; it has ${known.join(', ')}.`
      : `There is no execution provider "${provider}"; this machine's ONNX Runtime has ${known.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { provider, known },
  });
}

function unknownOption(provider: Provider, option: string, known: readonly string[]): ChromarayError {
  const suggestion = nearest(option, known);
  return new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER_OPTION',
    message: `The execution provider ${provider} has no option "${option}"; it has ${known.join(', ') || 'none'}.`,
    remedy: suggestion === undefined ? 'Take it out.' : `Did you mean ${suggestion}?`,
    details: { provider, option, known },
  });
}
