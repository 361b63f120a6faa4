import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ffi } from '../onednn/native/ffi.js';
import { createOrtSession, smallestModel, wrap } from '../onnxruntime/ort.js';
import { ortProviders } from '../onnxruntime/providers.js';
import { vulkanDevices } from '../probe/vulkan-devices.js';

/** What the conformance suite has of WebGPU on this machine. */
export interface WebgpuForTests {
  /** Why it cannot be tested; undefined when it can. */
  readonly missing?: string;
  /** Whether a processor plays the GPU, which takes a thousand times as long. */
  readonly software: boolean;
}

/** Where Debian's Chromium keeps SwiftShader, a Vulkan driver in software, and a Vulkan loader. */
const chromium = '/usr/lib/chromium';

/** WebGPU on this machine's GPU, or else on SwiftShader. */
export const webgpu: WebgpuForTests = await find();

async function find(): Promise<WebgpuForTests> {
  if (!ortProviders().includes('webgpu')) {
    return { missing: `no WebGPU in ONNX Runtime for ${process.platform} on ${process.arch}`, software: false };
  }
  const hardware = process.platform !== 'linux' || vulkanDevices().some((name) => !/llvmpipe|SwiftShader/.test(name));
  if (!hardware && !takeSwiftShader()) return { missing: 'no GPU, and no SwiftShader of a Chromium', software: true };
  try {
    const session = await createOrtSession(smallestModel(), { provider: 'webgpu' });
    await session.run({ x: wrap('float32', new Float32Array(4), [4]) });
    await session.release();
    return { software: !hardware };
  } catch (error) {
    return { missing: (error as Error).message, software: !hardware };
  }
}

/**
 * Points Vulkan at SwiftShader, in this process and those it starts. The loader is found by name in a process that
 * has loaded it already.
 */
function takeSwiftShader(): boolean {
  const driver = `${chromium}/vk_swiftshader_icd.json`;
  if (!existsSync(driver)) return false;
  process.env.VK_ICD_FILENAMES = driver;
  // Without one, drivers complain on standard error, and whoever reads the tests' output takes it for a failure.
  process.env.XDG_RUNTIME_DIR ??= tmpdir();
  process.env.LD_LIBRARY_PATH = [chromium, process.env.LD_LIBRARY_PATH ?? ''].filter((path) => path !== '').join(':');
  ffi().load(`${chromium}/libvulkan.so.1`);
  return true;
}
