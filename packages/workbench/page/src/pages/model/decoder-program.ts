/** What the decoders of compressed DICOM say before they have been given: 4 MB that most pictures need not. */
export const decodersNeeded = 'the decoders of compressed DICOM are not here yet';

let program: ArrayBuffer | undefined;

/** Gives the decoders their WebAssembly: the worker may connect to nothing, so that it cannot be fetched here. */
export function giveDecoders(bytes: ArrayBuffer): void {
  program = bytes;
}

/** What was given. @throws Error in the words of {@link decodersNeeded} */
export async function decoderProgram(): Promise<ArrayBuffer> {
  if (program === undefined) throw new Error(decodersNeeded);
  return program;
}
