import { packageFile } from '@chromaray/base';
import type { OnStudyEvent, ReaderStudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { holdFolder, openReadings, type Readings } from '@chromaray/store';
import { serveLocal } from '@chromaray/web';
import { orderedArms } from '../order/reader-list.js';
import { preparePictures, type UnreadablePicture } from '../pictures/prepare.js';
import { readerProgress } from '../progress/progress.js';
import { type OpenedReaders, openReaders } from './open-readers.js';
import { readingApi } from './reading-api.js';
import { ReadingRoom } from './reading-room.js';

export interface ServeReadersOptions {
  /** Folder that holds reader studies. */
  readonly studies: string;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly publicOrigin?: string;
  /** Readers whose next session may begin before its time, each with the reason. */
  readonly overrides?: readonly Override[];
  readonly onEvent?: OnStudyEvent;
  /** Is told what went wrong without the reader being told more than that. */
  readonly onTrouble: (error: unknown) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds; another clock than the machine's is for simulations. */
  readonly now?: () => number;
}

export interface Override {
  readonly reader: string;
  readonly reason: string;
}

export interface ReadersServer {
  readonly study: OpenedReaders;
  /** The link of every reader. */
  readonly links: ReadonlyMap<string, string>;
  readonly origin: string;
  /** Cases that are passed over. */
  readonly unreadable: readonly UnreadablePicture[];
  /** Lets requests in progress end; a second call does no more. */
  stop(): Promise<void>;
}

/**
 * Serves the reading page of a registered study: a link for every reader, and nothing else.
 *
 * @throws ChromarayError as `openReaders`, `preparePictures` and `serveLocal` do; `CHROMARAY_READERS_OVERRIDE`;
 *   `CHROMARAY_STUDY_RUNNING` while another process serves it
 */
export async function serveReaders(file: ReaderStudyFile, options: ServeReadersOptions): Promise<ReadersServer> {
  const { onEvent = () => {}, onTrouble, now = Date.now, signal } = options;
  const study = openReaders(file, options.studies);
  const { folder, plan, cases, links } = study;
  const release = holdFolder(folder.lock);
  let readings: Readings | undefined;
  try {
    readings = openReadings(folder.readings);
    applyOverrides(study, readings, options.overrides ?? [], now);
    const pictures = await preparePictures({
      cases: [...cases.cases, ...cases.training],
      arms: orderedArms(plan),
      side: plan.image.side,
      folder: folder.pictures,
      onProgress: (done, total) => onEvent({ kind: 'progress', phase: 'decoding', unit: 'images', done, total }),
      ...(signal && { signal }),
    });
    const { host, port, tls, publicOrigin } = options;
    const server = await serveLocal({
      api: readingApi(new ReadingRoom(study, pictures, readings, now), onTrouble),
      assets: packageFile(import.meta.url, 'reading-page'),
      holders: new Map(Object.entries(links.tokens).map(([reader, token]) => [token, reader])),
      onDefect: onTrouble,
      ...{ ...(host && { host }), ...(port !== undefined && { port }), ...(tls && { tls }) },
      ...(publicOrigin && { publicOrigin }),
    });
    const opened = readings;
    let stopping: Promise<void> | undefined;
    return {
      study,
      links: new Map(plan.readers.map((reader) => [reader, `${server.origin}/?token=${links.tokens[reader]}`])),
      origin: server.origin,
      unreadable: pictures.unreadable,
      stop() {
        stopping ??= server.stop().then(() => {
          opened.close();
          release();
        });
        return stopping;
      },
    };
  } catch (error) {
    readings?.close();
    release();
    throw error;
  }
}

/** Writes down that sessions may begin before their time. */
function applyOverrides(
  { lists, plan }: OpenedReaders,
  readings: Readings,
  overrides: readonly Override[],
  now: () => number,
): void {
  for (const { reader, reason } of overrides) {
    const list = lists.get(reader);
    if (list === undefined) {
      throw codedError('CHROMARAY_READERS_READER', {
        message: `There is no reader "${reader}"; the readers are ${plan.readers.join(', ')}.`,
        remedy: 'Use one of these codes.',
        details: { reader },
      });
    }
    const { phase, session } = readerProgress(list, readings.events(), plan, now());
    if (phase !== 'waiting' || reason.trim() === '') {
      throw codedError('CHROMARAY_READERS_OVERRIDE', {
        message:
          reason.trim() === ''
            ? `The override for ${reader} gives no reason.`
            : `${reader} does not wait for a session.`,
        remedy:
          'Write `--override "<reader>: <reason>"` for a reader whose next session waits; `readers status` says who does.',
        details: { reader },
      });
    }
    readings.add({
      id: `override ${reader} ${session}`,
      at: new Date(now()).toISOString(),
      reader,
      happening: { kind: 'override', session, reason: reason.trim() },
    });
  }
}
