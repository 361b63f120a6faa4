import { ChromarayError } from '@chromaray/base';

/** Why an array could not be used. The code of the error is `CHROMARAY_NUMPY_` and this word. */
export type NumpyFault = 'LIMIT' | 'MALFORMED' | 'PICKLE' | 'SHAPE' | 'TRUNCATED' | 'TYPE';

const remedies: Record<NumpyFault, string> = {
  LIMIT: 'Save the array in C order (`numpy.ascontiguousarray`), or with `numpy.savez` instead of `savez_compressed`.',
  MALFORMED: 'Save the file again with `numpy.savez_compressed`.',
  PICKLE: 'Save plain numbers: `numpy.savez_compressed(file, train_images=numpy.asarray(images, "uint8"), ...)`.',
  SHAPE: 'Give the array one of the shapes in docs/data.md.',
  TRUNCATED: 'Download or copy the file again from its source.',
  TYPE: 'Save images as uint8 from 0 to 255, and labels as whole numbers.',
};

/** @param found what is wrong, as the predicate of a sentence that starts with the name */
export function numpyError(fault: NumpyFault, name: string, found: string): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_NUMPY_${fault}`,
    message: `${name} ${found}.`,
    remedy: remedies[fault],
    details: { file: name },
  });
}
