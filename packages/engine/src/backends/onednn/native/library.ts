import { isMainThread } from 'node:worker_threads';
import { ChromarayError } from '@chromaray/base';
import type { LibraryHandle } from 'koffi';
import { engineKindCpu, streamInOrder } from './constants.js';
import { callFailed, missingSymbol, notFound, notLoadable, unknownVersion } from './errors.js';
import { ffi } from './ffi.js';
import type { VersionedInterface } from './interface.js';
import { libraryCandidates, type Surroundings } from './locate.js';
import { pinOpenMp } from './openmp.js';
import { bind, commonPrototypes, type Symbols } from './symbols.js';
import { version2 } from './version2.js';
import { version3 } from './version3.js';

/** The oldest 2.x whose structures and functions are known to be the ones used here. */
const oldestMinorOfVersion2 = 6;

/** A oneDNN in this process: loaded once, never unloaded. */
export interface Library {
  readonly file: string;
  /** Other files of oneDNN that were found and are not used, the newest first. */
  readonly others: readonly string[];
  /** Such as `2.6.3`. */
  readonly version: string;
  readonly interface: VersionedInterface;
  readonly symbols: Symbols;
  readonly engine: bigint;
  readonly stream: bigint;
  /** True when this processor computes in bfloat16. */
  readonly bfloat16: boolean;
  /** Sets the threads of operations made and run from now on; 0 leaves them. */
  setThreads(count: number): void;
}

/**
 * Loads oneDNN from where it is found.
 *
 * @throws ChromarayError `CHROMARAY_ONEDNN_MISSING`, `CHROMARAY_ONEDNN_LOAD`, `CHROMARAY_ONEDNN_VERSION`,
 *   `CHROMARAY_ONEDNN_SYMBOL`, or `CHROMARAY_ONEDNN_THREAD` in a worker thread
 */
export function loadLibrary(
  surroundings: Surroundings = { platform: process.platform, environment: process.env },
): Library {
  if (!isMainThread) throw inWorkerThread();
  const candidates = libraryCandidates(surroundings);
  if (candidates.length === 0) throw notFound(surroundings.platform);
  let firstProblem: unknown;
  for (const file of candidates) {
    try {
      const others = candidates.filter((candidate) => candidate !== file);
      return { ...loadFile(file, surroundings.platform), others };
    } catch (problem) {
      firstProblem ??= problem;
    }
  }
  throw firstProblem;
}

function loadFile(file: string, platform: NodeJS.Platform): Omit<Library, 'others'> {
  const setThreads = pinOpenMp(platform);
  let library: LibraryHandle;
  try {
    library = ffi().load(file);
  } catch (cause) {
    throw notLoadable(file, cause);
  }
  const { major, minor, version } = versionOf(library, file);
  const versioned = major === 2 && minor >= oldestMinorOfVersion2 ? version2 : major === 3 ? version3 : undefined;
  if (versioned === undefined) throw unknownVersion(file, version);
  const symbols = bind(library, file, version, [...commonPrototypes, ...versioned.prototypes]);
  const isa = Number(symbols.dnnl_get_effective_cpu_isa!());
  const handle = new BigUint64Array(1);
  check('dnnl_engine_create', symbols.dnnl_engine_create!(handle, engineKindCpu, 0));
  const engine = handle[0]!;
  check('dnnl_stream_create', symbols.dnnl_stream_create!(handle, engine, streamInOrder));
  const bits = versioned.numbers.bfloat16Isa;
  return {
    file,
    version,
    interface: versioned,
    symbols,
    engine,
    stream: handle[0]!,
    bfloat16: (isa & bits) === bits,
    setThreads: (count) => {
      if (count > 0) setThreads(count);
    },
  };
}

/** `dnnl_version_t` begins with the numbers major, minor and patch. */
function versionOf(library: LibraryHandle, file: string) {
  const name = 'dnnl_version';
  try {
    const address = library.func('void *dnnl_version()')() as bigint;
    const [major, minor, patch] = ffi().decode(address, 'int32', 3) as Int32Array;
    return { major: major!, minor: minor!, version: `${major}.${minor}.${patch}` };
  } catch (cause) {
    throw missingSymbol(file, '', name, cause);
  }
}

/** Checks the status of a native call. */
export function check(call: string, status: number | bigint): void {
  if (Number(status) !== 0) throw callFailed(call, Number(status));
}

function inWorkerThread(): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_THREAD',
    message: 'oneDNN cannot be used in a worker thread: the process would die when the thread ends.',
    remedy: 'Train in the main thread of a child process, or use the backend onnxruntime.',
  });
}
