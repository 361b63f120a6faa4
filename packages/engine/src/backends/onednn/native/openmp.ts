import { ffi } from './ffi.js';

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
  const koffi = ffi();
  try {
    const open = koffi.load('libc.so.6').func('void *dlopen(const char *file, int flags)');
    if (waitingPassively(() => open('libgomp.so.1', keepLoaded)) === null) return () => {};
    return koffi.load('libgomp.so.1').func('void omp_set_num_threads(int count)') as unknown as SetThreads;
  } catch {
    // A system without glibc or libgomp, whose oneDNN then does not use them either.
    return () => {};
  }
}

/**
 * Threads that wait for one another sleep instead of spinning, unless the user has chosen otherwise. Spinning
 * saves microseconds on an idle machine and costs most of the time on a busy one, where it keeps the thread
 * that is waited for from running: two trainings beside each other became tenfold slower. OpenMP reads its
 * variables when it is loaded, and at no other time.
 */
function waitingPassively<T>(load: () => T): T {
  const { env } = process;
  if (env.OMP_WAIT_POLICY !== undefined || env.GOMP_SPINCOUNT !== undefined) return load();
  env.OMP_WAIT_POLICY = 'passive';
  try {
    return load();
  } finally {
    delete env.OMP_WAIT_POLICY;
  }
}
