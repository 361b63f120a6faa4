/**
 * Colours pictures and looks into networks, in a process of its own: the page stays quick meanwhile, whoever asked can
 * have it killed, and all memory that it took goes with it.
 */
import { isChromarayError, type SerializedError } from '@chromaray/base';
import { errorTable } from '@chromaray/contracts/errors';
import { decodeDeepGray } from '@chromaray/imaging';
import { studyFolder } from '@chromaray/store';
import { explainRecord } from '@chromaray/study';
import { colouredPicture, pictureBytes } from '../lab/coloured-picture.js';
import { contactSheet } from '../lab/contact-sheet.js';
import type { Work, WorkAnswer, WorkName, WorkOrder } from './work-order.js';

/** Bytes of the process above which it makes room for a fresh one. */
const most = 1.5 * 2 ** 30;

const workers: { readonly [Name in WorkName]: (asks: Work[Name]['asks']) => Promise<Work[Name]['gives']> } = {
  gray: async (place) => {
    const { width, height, bits, data, window } = await decodeDeepGray(await pictureBytes(place));
    return { header: { width, height, bits, channels: 1, window }, data };
  },
  coloured: (asks) => colouredPicture(asks),
  sheet: ({ colours, ...place }) => contactSheet(place, colours),
  map: async ({ study, studies, ...asked }) => {
    const { width, height, map, probability, towards } = await explainRecord(studyFolder(studies, study), asked);
    const strongest = map.reduce((highest, value) => Math.max(highest, value), 0);
    const data = Uint8Array.from(map, (value) => (strongest === 0 ? 0 : Math.round((255 * value) / strongest)));
    const about = { probability, towards, empty: strongest === 0 };
    return { header: { width, height, bits: 8, channels: 1, about }, data };
  },
};

process.once('disconnect', () => process.exit());
process.on('message', (order: WorkOrder) => {
  const work = workers[order.name] as (asks: unknown) => Promise<unknown>;
  void work(order.asks)
    .then(
      (gives): WorkAnswer => ({ gives }),
      (error: unknown): WorkAnswer => ({ error: serialized(error) }),
    )
    .then((answer) =>
      process.send!(answer, undefined, undefined, () => process.memoryUsage.rss() > most && process.disconnect()),
    );
});

function serialized(error: unknown): SerializedError {
  if (isChromarayError(error)) return error.toJSON();
  // The page says that it is a defect; the terminal shows which.
  console.error(error);
  const { remedy } = errorTable.CHROMARAY_DEFECT;
  const message = 'Working on the picture met a defect of Chromaray; the terminal shows it.';
  return { name: 'Error', code: 'CHROMARAY_DEFECT', message, remedy, details: {} };
}
