import { closeSync, fstatSync, readSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { openRegularFileSync } from '@chromaray/base';
import { modelError } from './errors.js';
import type { TensorProto } from './generated/onnx_pb.js';

/** The folder of a model, and who is told of each file that is read. */
interface ModelPlace {
  readonly label: string;
  readonly folder: string;
  readonly onDataFile: ((file: string) => void) | undefined;
}

/**
 * Reads the bytes of a tensor that lie in a file of their own. The file's path is relative to the model's
 * folder and may not lead out of it: a model is somebody else's file and must not read what it likes.
 */
export function readExternalData(message: TensorProto, origin: ModelPlace): Uint8Array {
  const entries = new Map(message.externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location') ?? '';
  const what = `the tensor "${message.name}" lies in the file "${location}"`;
  const file = resolve(origin.folder, location);
  const inside = relative(origin.folder, file);
  if (location === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw modelError('EXTERNAL_DATA', origin.label, `${what}, which is not inside the model's folder`);
  }
  origin.onDataFile?.(file);
  const number = (key: string) => {
    const text = entries.get(key);
    return text === undefined ? undefined : Number(text);
  };
  return readPart(file, number('offset') ?? 0, number('length'), what, origin);
}

function readPart(
  file: string,
  offset: number,
  length: number | undefined,
  what: string,
  origin: ModelPlace,
): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openRegularFileSync(file);
  } catch (cause) {
    throw modelError('EXTERNAL_DATA', origin.label, `${what}, which cannot be read (${file})`, cause);
  }
  try {
    const { size } = fstatSync(descriptor);
    const wanted = length ?? size - offset;
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(wanted) || offset < 0 || offset + wanted > size) {
      throw modelError(
        'EXTERNAL_DATA',
        origin.label,
        `${what} at bytes ${offset} to ${offset + wanted}, but it has ${size}`,
      );
    }
    const bytes = new Uint8Array(wanted);
    let done = 0;
    while (done < wanted) done += readSync(descriptor, bytes, done, wanted - done, offset + done);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
