/** What of this package runs in a browser: nothing here loads a module of Node's, but `node:zlib` for deflated DICOM. */
export { informationChannels } from './colour/information.js';
export { smoothRandom } from './colour/smooth-random.js';
export { checkHeader } from './decode/check-header.js';
export type { ImageHeader } from './decode/header.js';
export { plainSamples, toEightBits } from './decode/samples.js';
export { decodeDicomBytes } from './dicom/decode-bytes.js';
export { type DeepGray, deepDicom } from './dicom/deep-dicom.js';
export { dicomError } from './dicom/dicom-error.js';
export { isDicom } from './dicom/part-10.js';
export type { EncodedImage } from './encoded-image.js';
export type { GrayImage, Image } from './image.js';
export { imageError } from './image-error.js';
export { distancesFrom, isFar, type Likeness } from './likeness/likeness.js';
export { toGray } from './luma.js';
export { Notes } from './note.js';
export { resize } from './resize/resize.js';
