import { statSync } from 'node:fs';
import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { decodeDicom, deriveSecondaryCapture, type GrayImage, type Image } from '@chromaray/imaging';
import { startsAsDicom } from '../dataset/dicom-file.js';
import { walk } from '../dataset/walk.js';
import { DicomWebClient } from './client.js';
import { dicomWebError } from './dicomweb-error.js';
import { inParallel, isFatal } from './in-parallel.js';
import type { DicomWebServer } from './server.js';

/** A way to colour radiographs. */
export interface Colouring {
  /** For the object's description, for example `colour map turbo`. */
  readonly name: string;
  apply(gray: GrayImage): Image | Promise<Image>;
}

export interface SendOptions {
  readonly server: DicomWebServer;
  /** DICOM files, or folders that are searched for them. */
  readonly inputs: readonly string[];
  readonly colouring: Colouring;
  /** Objects sent at once. Default 2. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface SendResult {
  readonly sent: readonly { readonly file: string; readonly sopInstanceUid: string }[];
  readonly failed: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

/**
 * Colours radiographs and stores them on a DICOMweb server as Secondary Captures of the same patient and study,
 * each referring to its source and marked for research use. Sent twice, an object is stored once: its UID
 * follows from source, pixels and colouring. Files that cannot be read, or objects that the server rejects,
 * are listed and the others go on.
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_` + `URL`, `INSECURE`, `UNAUTHORISED`, `UNREACHABLE`, `NOTHING_FOUND`
 *   (no DICOM file there); `CHROMARAY_DATASET_` about folders that cannot be read
 * @throws the signal's reason when aborted
 */
export async function sendColourised(options: SendOptions): Promise<SendResult> {
  const { server, colouring, onProgress } = options;
  const client = new DicomWebClient(server);
  const files = options.inputs.flatMap(dicomFiles);
  if (files.length === 0) {
    throw codedError('CHROMARAY_DICOMWEB_NOTHING_FOUND', {
      message: `There is no DICOM file in ${options.inputs.join(', ')}.`,
      remedy: 'Name DICOM files, or folders that hold some.',
      details: { inputs: options.inputs },
    });
  }
  const sent = new Map<string, string>();
  const failed = new Map<string, ChromarayError>();
  let done = 0;
  await inParallel(files, options.concurrency ?? 2, server.signal, async (file) => {
    try {
      sent.set(file, await sendOne(client, file, colouring));
    } catch (error) {
      if (!isChromarayError(error) || isFatal(error)) throw error;
      failed.set(file, error);
    }
    onProgress?.({ done: ++done, total: files.length });
  });
  return {
    sent: files.flatMap((file) => (sent.has(file) ? [{ file, sopInstanceUid: sent.get(file)! }] : [])),
    failed: files.flatMap((file) => {
      const error = failed.get(file);
      return error === undefined ? [] : [{ file, code: error.code, message: error.message }];
    }),
  };
}

async function sendOne(client: DicomWebClient, file: string, colouring: Colouring): Promise<string> {
  const { image } = await decodeDicom(file);
  const { sopInstanceUid, bytes } = await deriveSecondaryCapture(file, await colouring.apply(image), {
    series: `Chromaray ${colouring.name}`.slice(0, 40),
    derivation: `Colourised by Chromaray: ${colouring.name}.`,
    created: new Date(),
  });
  const [rejected] = await client.store([bytes]);
  if (rejected !== undefined) {
    throw dicomWebError(
      'REJECTED',
      `The server rejects the object made of ${file}, with the status ${rejected.reason}`,
    );
  }
  return sopInstanceUid;
}

function dicomFiles(input: string): readonly string[] {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() ? walk(input, startsAsDicom).images : [input];
}
