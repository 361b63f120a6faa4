import { codedError } from '@chromaray/contracts/errors';
import { workerNamePattern } from '../worker-note.js';

/**
 * The names of all that an exchange holds. They are made of hexadecimal digits and fixed words, workers' names apart, which
 * begin with a letter or digit and hold no slash: no name leads out of the exchange.
 */
const digits = '[0-9a-f]{64}';
const kinds = {
  blob: new RegExp(`^blobs/${digits}$`),
  result: new RegExp(`^trials/${digits}/result$`),
  cancelled: new RegExp(`^trials/${digits}/cancelled$`),
  conflict: new RegExp(`^trials/${digits}/conflicts/${digits}$`),
  checkpoint: new RegExp(`^trials/${digits}/checkpoints/\\d{8}-${digits}$`),
  worker: new RegExp(`^workers/${workerNamePattern.source.slice(1, -1)}$`),
} as const;
const folders = new RegExp(`^(?:workers|trials/${digits}/(?:conflicts|checkpoints))$`);

export type KeyKind = keyof typeof kinds;

/** Most bytes of an object of each kind: a pack of 377,000 images of 224 pixels has 19 GB. */
export const largestBytes: Readonly<Record<KeyKind, number>> = {
  blob: 2 ** 40,
  result: 2 ** 26,
  conflict: 2 ** 26,
  cancelled: 2 ** 10,
  checkpoint: 2 ** 35,
  worker: 2 ** 18,
};

/** What a key names; undefined for what is no key. */
export function kindOf(key: string): KeyKind | undefined {
  return (Object.keys(kinds) as KeyKind[]).find((kind) => kinds[kind].test(key));
}

/** Whether a text names a folder of keys that can be listed. */
export function isFolderOfKeys(text: string): boolean {
  return folders.test(text);
}

export const keys = {
  blob: (sha256: string) => checked('blob', `blobs/${sha256}`),
  result: (trial: string) => checked('result', `trials/${trial}/result`),
  cancelled: (trial: string) => checked('cancelled', `trials/${trial}/cancelled`),
  conflict: (trial: string, sha256: string) => checked('conflict', `trials/${trial}/conflicts/${sha256}`),
  checkpoint: (trial: string, epoch: number, sha256: string) =>
    checked('checkpoint', `trials/${trial}/checkpoints/${String(epoch).padStart(8, '0')}-${sha256}`),
  worker: (name: string) => checked('worker', `workers/${name}`),
} as const;

export const folderKeys = {
  conflicts: (trial: string) => checkedFolder(`trials/${trial}/conflicts`),
  checkpoints: (trial: string) => checkedFolder(`trials/${trial}/checkpoints`),
  workers: 'workers',
} as const;

/** Epoch and hash that the name of a checkpoint holds. */
export function checkpointOf(name: string): { readonly epoch: number; readonly sha256: string } {
  return { epoch: Number(name.slice(0, 8)), sha256: name.slice(9) };
}

function checked(kind: KeyKind, key: string): string {
  if (!kinds[kind].test(key)) throw noName(key);
  return key;
}

function checkedFolder(folder: string): string {
  if (!folders.test(folder)) throw noName(folder);
  return folder;
}

/** What a name that is none is refused with. */
export function noName(key: string) {
  return codedError('CHROMARAY_EXCHANGE_NAME', {
    message: `${JSON.stringify(key.slice(0, 200))} is not the name of anything that an exchange holds.`,
    details: { key: key.slice(0, 200) },
  });
}
