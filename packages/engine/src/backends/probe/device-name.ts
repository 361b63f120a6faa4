import os from 'node:os';
import type { Provider } from '../provider.js';
import { cudaDevices } from './cuda-devices.js';
import { vulkanDevices } from './vulkan-devices.js';

/**
 * The name of the device that a provider computes on; undefined where nobody can be asked. WebGPU takes the device
 * that is likely the fastest, which this follows.
 */
export function deviceName(provider: Provider, deviceId: string | number = 0): string | undefined {
  switch (provider) {
    case 'cpu':
      return os.cpus()[0]?.model.trim();
    case 'cuda':
      return cudaDevices()[Number(deviceId)];
    case 'webgpu':
      return process.platform === 'darwin' ? os.cpus()[0]?.model.trim() : vulkanDevices()[0];
    case 'coreml':
      return os.cpus()[0]?.model.trim();
    case 'dml':
      return undefined;
  }
}
