/** What can execute operators; `cpu` everywhere, the others where a machine has them. */
export const providerNames = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;

/**
 * - `webgpu`: any GPU with a Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS) driver
 * - `cuda`: NVIDIA GPUs under Linux
 * - `dml`: DirectML, any GPU under Windows
 * - `coreml`: Apple's GPU and Neural Engine under macOS
 */
export type Provider = (typeof providerNames)[number];
