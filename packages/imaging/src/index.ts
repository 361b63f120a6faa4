export { ChromarayError, isChromarayError } from '@chromaray/base';
export type { Archive, ArchivedFile } from './archive/archive.js';
export { type ArchivePath, isArchiveName, joinArchivePath, splitArchivePath } from './archive/archive-path.js';
export { NpzArchive } from './archive/npz-archive.js';
export { openArchive } from './archive/open-archives.js';
export { type PictureStamp, pictureStamp, readSource } from './archive/source.js';
export { applyAugmentation } from './augment/apply.js';
export { type AugmentationParameters, drawAugmentation, noAugmentation } from './augment/draw.js';
export {
  type AugmentationOptions,
  type CompleteAugmentation,
  completeAugmentation,
  type FillMode,
} from './augment/options.js';
export { applyColourTable } from './colour/apply-table.js';
export {
  type ColouredFolder,
  type ColourFolderOptions,
  type ColouringChoice,
  colourFolder,
} from './colour/colour-folder.js';
export {
  type ColourMapName,
  colouringNames,
  colourMapNames,
  type PlainColourMap,
  smoothRandomName,
} from './colour/colour-map-names.js';
export { colourTable, type ShuffleOptions } from './colour/colour-table.js';
export { type DetailOptions, edgePreservingDetail } from './colour/detail.js';
export { type OutputLayout, picturesAt } from './colour/image-files.js';
export { informationChannels } from './colour/information.js';
export {
  type Chroma,
  grayLightness,
  labToSrgb,
  mergeLightness,
  mergeStretchedLightness,
  srgbToLab,
} from './colour/lab.js';
export { type NamedColouringOptions, namedColouring } from './colour/named-colouring.js';
export {
  type SmoothRandomOptions,
  smoothRandom,
  smoothRandomColourfulness,
  smoothRandomVersion,
} from './colour/smooth-random.js';
export { type ChromaUv, mergeStretchedChroma } from './colour/stretched-chroma.js';
export { mergeStretchedLuma, type PackedImage } from './colour/stretched-luma.js';
export { mergeLuma, rgbToYuv, yuvToRgb } from './colour/yuv.js';
export { colourfulness } from './compare/colourfulness.js';
export { peakSignalToNoise } from './compare/signal-to-noise.js';
export { pictureSimilarity, structuralSimilarity } from './compare/structural-similarity.js';
export type { DecodeOptions } from './decode/check-header.js';
export {
  type DecodedImage,
  type DecodeGrayOptions,
  decodeGray,
  decodeImage,
} from './decode/decode.js';
export { decodeDeepGray } from './decode/deep-gray.js';
export { upright } from './decode/upright.js';
export type { DecodeDicomOptions, DecodedDicom } from './dicom/decode-bytes.js';
export { decodeDicom } from './dicom/decode-dicom.js';
export { dicomDecoderFile } from './dicom/decoder-file.js';
export type { DeepGray } from './dicom/deep-dicom.js';
export type { DicomFault } from './dicom/dicom-error.js';
export type { DicomMetadata } from './dicom/metadata.js';
export { dicomHeadLength, isDicom } from './dicom/part-10.js';
export {
  deriveSecondaryCapture,
  type SecondaryCapture,
  type SecondaryCaptureOptions,
} from './dicom/secondary-capture.js';
export { type TransferSyntax, transferSyntaxes } from './dicom/transfer-syntax.js';
export { type ElementToWrite, writePart10 } from './dicom/write-part-10.js';
export { dataUri, encodeJpeg, encodePng } from './encode/encode.js';
export { type SheetOptions, type SheetRow, sheet } from './encode/sheet.js';
export { defaultMaxPixels, type EncodedImage } from './encoded-image.js';
export { type Affine, identity, invert } from './fingerprint/affine.js';
export { type Alignment, AlignmentTarget } from './fingerprint/align.js';
export { bitsOfTwo } from './fingerprint/bit-counts.js';
export type { Brightness } from './fingerprint/brightness.js';
export { coefficientCount as lowFrequencyCount, lowFrequencies } from './fingerprint/cosines.js';
export { mirroredBit } from './fingerprint/describe-spot.js';
export { detail } from './fingerprint/detail.js';
export { type FileTraits, readFileTraits } from './fingerprint/file-traits.js';
export { type Fingerprint, fingerprint, type PictureContent, thumbnailSide } from './fingerprint/fingerprint.js';
export { correlationUnder } from './fingerprint/glance.js';
export {
  descriptionBits,
  descriptionWords,
  differingBits,
  type Landmarks,
  mostLandmarks,
  unpackLandmarks,
} from './fingerprint/landmarks.js';
export { maskedCorrelation } from './fingerprint/masked-correlation.js';
export { hammingDistance, hashWords, nearInBeginning, PerceptualHasher } from './fingerprint/perceptual-hash.js';
export { halved, movementCount, SignatureComparer, shading, signature } from './fingerprint/signature.js';
export type { GrayImage, Image, Size } from './image.js';
export type { ImageFault } from './image-error.js';
export { type Distances, describeLikeness, distancesFrom, isFar, type Likeness } from './likeness/likeness.js';
export { luma, toGray, toRgb } from './luma.js';
export type { FileNote, ImageNote, NoteKind } from './note.js';
export { type NpyValues, readNpyValues } from './numpy/npy-values.js';
export { type ClaheOptions, clahe } from './operations/clahe.js';
export { operateAtFullSize, operateToSize } from './operations/operate.js';
export type { ImageOperations } from './operations/options.js';
export { type BuildPackOptions, type BuiltPack, buildPack, type PackColouring } from './pack/build-pack.js';
export { type FilePack, openPack } from './pack/file-pack.js';
export { memoryPack } from './pack/memory-pack.js';
export type { UnreadableItem } from './pack/pack-format.js';
export { type PackItem, type PackKeyInputs, packKey } from './pack/pack-key.js';
export type { PackShape, PixelPack } from './pack/pixel-pack.js';
export {
  drawAnatomy,
  drawExposure,
  drawPathology,
  type Ellipse,
  encodePhantom,
  type MarkerLetter,
  type Opacity,
  type PathologyKind,
  type PhantomAnatomy,
  type PhantomExposure,
  type PhantomFormat,
  type PhantomPathology,
  type Pose,
  phantomNotice,
  phantomSizes,
  reencodePhantom,
  renderPhantom,
  stampMarker,
} from './phantom/index.js';
export { pixelHash } from './pixel-hash.js';
export type { Progress, ProgressListener } from './progress.js';
export { resizeAsPillow } from './resize/pillow.js';
export type { PillowFilter } from './resize/pillow-weights.js';
export { stretchedRows, stretchPlane } from './resize/plane.js';
export { resize } from './resize/resize.js';
export { imageLibraryVersions } from './versions.js';
