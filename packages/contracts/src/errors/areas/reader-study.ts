import type { ErrorArea } from '../entry.js';

/** Reader studies: their files, their registration, and what a reading page may ask. */
export const readerStudyErrors = {
  CHROMARAY_READERS_FILE: {
    meaning: 'The file of the reader study is missing, is not valid, or contradicts itself.',
    advice: 'Correct the line named; `chromaray readers init` writes a complete example.',
    outcome: 'wrongUse',
  },
  CHROMARAY_READERS_CASES: {
    meaning: 'The data set and the filter give no cases that can be read: too few, one class alone, or ids unknown.',
    advice: 'Change `cases` in the file of the reader study.',
  },
  CHROMARAY_READERS_PICTURES: {
    meaning: 'Pictures of cases cannot be read or coloured.',
    advice: 'Repair the files, or list them under `cases.leaveOut`.',
  },
  CHROMARAY_READERS_UNCHECKED: {
    meaning: 'Nobody has said yet that the pictures were looked at for burnt-in names, dates and marks.',
    advice: 'Open the page of pictures that was written, then register with `--checked`.',
  },
  CHROMARAY_READERS_UNREGISTERED: {
    meaning: 'The reader study is not registered: nothing may be read before the protocol is written down.',
    remedy: 'Register it first with `chromaray readers register`.',
  },
  CHROMARAY_READERS_DIFFERS: {
    meaning: 'The file, the case list or the pictures differ from what was registered.',
    advice: 'Restore them, or register the change with `--amend "<reason>"`.',
  },
  CHROMARAY_READERS_FIXED: {
    meaning: 'The change would give readers other lists than those they have begun.',
    advice: 'Register the changed study under another name.',
  },
  CHROMARAY_READERS_READER: {
    meaning: 'The study has no such reader.',
    advice: 'Use one of the codes in the file of the reader study.',
    outcome: 'wrongUse',
  },
  CHROMARAY_READERS_SEAT: {
    meaning: 'Another window reads this list: one reader reads in one window at a time.',
    remedy: 'Continue in the other window, or open the link again here and take over.',
  },
  CHROMARAY_READERS_TURN: {
    meaning: 'The answer is not for the picture that is to be read now, or its session is not open.',
    advice: 'Reload the page: it shows what is to be read now.',
  },
  CHROMARAY_READERS_EVENT: {
    meaning: 'Two different answers came under one number.',
    remedy: 'Reload the page and answer again.',
  },
  CHROMARAY_READERS_STORE: {
    meaning: 'The answer could not be stored, on a full disk for example. It is not lost: the page still holds it.',
    remedy: 'Tell the person who runs the study, leave the page open, and press "Store again" when there is room.',
  },
  CHROMARAY_READERS_OVERRIDE: {
    meaning: 'An override of the washout names no waiting reader, or no reason.',
    advice: 'Write `--override "<reader>: <reason>"` for a reader whose next session waits.',
    outcome: 'wrongUse',
  },
} as const satisfies ErrorArea;
