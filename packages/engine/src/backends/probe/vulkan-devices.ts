import { ffi } from '../onednn/native/ffi.js';

const libraries: Partial<Record<NodeJS.Platform, string>> = { linux: 'libvulkan.so.1', win32: 'vulkan-1.dll' };

/** `VkInstanceCreateInfo` on 64-bit machines; all but the type may be 0. */
const instanceInfoBytes = 64;
const instanceInfoType = 1;
/** More than `VkPhysicalDeviceProperties` has, whose first members are five uint32 and the name. */
const propertiesBytes = 4096;
const typeOffset = 16;
const nameOffset = 20;
const nameBytes = 256;
const mostDevices = 16;

/** `VkPhysicalDeviceType`: discrete, integrated, virtual, other, processor. */
const preference = [2, 1, 3, 0, 4];

/** Names of the GPUs that Vulkan finds, the likely fastest first; none without Vulkan. */
export function vulkanDevices(): readonly string[] {
  const file = libraries[process.platform];
  if (file === undefined) return [];
  try {
    const vulkan = ffi().load(file);
    const create = vulkan.func('int vkCreateInstance(void *info, void *allocator, void *instance)');
    const destroy = vulkan.func('void vkDestroyInstance(void *instance, void *allocator)');
    const enumerate = vulkan.func('int vkEnumeratePhysicalDevices(void *instance, void *count, void *devices)');
    const describe = vulkan.func('void vkGetPhysicalDeviceProperties(void *device, void *properties)');
    const info = new Uint8Array(instanceInfoBytes);
    info[0] = instanceInfoType;
    const instance = new BigUint64Array(1);
    if (create(info, null, instance) !== 0) return [];
    const count = Uint32Array.of(mostDevices);
    const devices = new BigUint64Array(mostDevices);
    enumerate(instance[0], count, devices);
    const found = [...devices.subarray(0, count[0])].map((device) => {
      const properties = Buffer.alloc(propertiesBytes);
      describe(device, properties);
      return { type: properties.readUInt32LE(typeOffset), name: textAt(properties, nameOffset, nameBytes) };
    });
    destroy(instance[0], null);
    return found.sort((a, b) => preference.indexOf(a.type) - preference.indexOf(b.type)).map(({ name }) => name);
  } catch {
    // No Vulkan here. The name is for the record only.
    return [];
  }
}

/** A text of C in a field of fixed size. */
export function textAt(bytes: Buffer, offset: number, size: number): string {
  const field = bytes.subarray(offset, offset + size);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? size : end);
}
