import { ffi } from '../onednn/native/ffi.js';
import { textAt } from './vulkan-devices.js';

const libraries: Partial<Record<NodeJS.Platform, string>> = { linux: 'libcuda.so.1', win32: 'nvcuda.dll' };
const nameBytes = 256;

/** Names of NVIDIA's GPUs in the order of their numbers; none without its driver. */
export function cudaDevices(): readonly string[] {
  const file = libraries[process.platform];
  if (file === undefined) return [];
  try {
    const cuda = ffi().load(file);
    const start = cuda.func('int cuInit(unsigned int flags)');
    const countDevices = cuda.func('int cuDeviceGetCount(void *count)');
    const nameDevice = cuda.func('int cuDeviceGetName(void *name, int size, int device)');
    const count = new Int32Array(1);
    if (start(0) !== 0 || countDevices(count) !== 0) return [];
    return Array.from({ length: count[0]! }, (_, device) => {
      const name = Buffer.alloc(nameBytes);
      nameDevice(name, nameBytes, device);
      return textAt(name, 0, nameBytes);
    });
  } catch {
    // No driver of NVIDIA's here. The name is for the record only.
    return [];
  }
}
