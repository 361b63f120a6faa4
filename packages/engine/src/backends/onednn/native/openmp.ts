import koffi from 'koffi';

/** `RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE` of Linux. */
const keepLoaded = 0x1102;

type SetThreads = (count: number) => void;

/**
 * Keeps GNU OpenMP in memory until the process ends, and gives the function that sets its threads.
 *
 * Without this the process dies at exit: the library is unloaded while its threads live. Where the library
 * is another (macOS, Windows, a oneDNN that uses TBB), threads are left to oneDNN's own choice.
 */
export function pinOpenMp(platform: NodeJS.Platform): SetThreads {
  if (platform !== 'linux') return () => {};
  try {
    const open = koffi.load('libc.so.6').func('void *dlopen(const char *file, int flags)');
    if (open('libgomp.so.1', keepLoaded) === null) return () => {};
    return koffi.load('libgomp.so.1').func('void omp_set_num_threads(int count)') as unknown as SetThreads;
  } catch {
    // A system without glibc or libgomp, whose oneDNN then does not use them either.
    return () => {};
  }
}
