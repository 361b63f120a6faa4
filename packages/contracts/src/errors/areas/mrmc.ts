import type { ErrorArea } from '../entry.js';

/** Readings of a reader study that no analysis can be made of. */
export const mrmcErrors = {
  CHROMARAY_MRMC_RATING: {
    meaning: 'A rating is no finite number.',
    advice: 'Leave readings without a rating out: they are counted as missing.',
  },
  CHROMARAY_MRMC_SCALE: {
    meaning: 'A rating lies outside the declared scale.',
    advice: 'Correct the ratings, or declare the scale that was used.',
  },
  CHROMARAY_MRMC_TRUTH: {
    meaning: 'The truth of a case is neither 1 nor 0, or differs between its readings.',
    advice: 'Give every case one truth, 1 or 0.',
  },
  CHROMARAY_MRMC_ONE_CLASS: {
    meaning: 'All cases are of one class.',
    advice: 'Add cases with, or without, the finding.',
  },
  CHROMARAY_MRMC_DUPLICATE: {
    meaning: 'A reader has read a case in an arm twice.',
    advice: 'Keep one of the two readings.',
  },
  CHROMARAY_MRMC_ONE_READER: {
    meaning: 'All readings are by one reader.',
    advice: 'Have more readers read, or ask about this reader alone (`--readers fixed`).',
  },
  CHROMARAY_MRMC_ONE_ARM: {
    meaning: 'All readings are in one arm.',
    advice: 'Give readings of at least two arms.',
  },
  CHROMARAY_MRMC_ARM_OF_ONE_READER: {
    meaning: 'An arm was read by one reader alone.',
    advice: 'Have the arm read by the others too, or leave its readings out.',
  },
  CHROMARAY_MRMC_DESIGN: {
    meaning: 'Too few readers read in every arm, or the method does not know the design.',
    advice: 'Have the same readers read in every arm, or leave out the arms that some did not read.',
  },
  CHROMARAY_MRMC_TIES: {
    meaning: 'Every reader gave all cases the same rating.',
    advice: 'Check the column of ratings.',
  },
  CHROMARAY_MRMC_TOO_FEW: {
    meaning: 'There are too few readings, or too few cases of a class.',
    advice: 'Leave the reader named out, or have more cases read.',
  },
  CHROMARAY_MRMC_FILE: {
    meaning: 'A file of readings cannot be read: a column, a value or the whole layout is not what was expected.',
    advice: 'Correct the line named, or name the layout with `--from`.',
  },
} as const satisfies ErrorArea;
