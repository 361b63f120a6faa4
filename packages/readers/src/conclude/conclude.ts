import { existsSync } from 'node:fs';
import { programVersion } from '@chromaray/base';
import type {
  NetworksBeside,
  ReaderAnalysis,
  ReaderEndpointSection,
  ReaderEvent,
  ReaderStudyFile,
} from '@chromaray/contracts';
import type { Merit } from '@chromaray/evidence';
import { analyseReaders, type StudyReading } from '@chromaray/results';
import { readReadings } from '@chromaray/store';
import { ratings } from '../export/ratings.js';
import { orderedArms } from '../order/reader-list.js';
import { type OpenedReaders, openReaders } from '../server/open-readers.js';
import { readerProtocol } from './protocol.js';

/** A registered study with what was read so far. */
export interface ReadStudy {
  readonly study: OpenedReaders;
  readonly events: readonly ReaderEvent[];
  /** The answers that count. */
  readonly ratings: readonly StudyReading[];
}

/** @throws ChromarayError as `openReaders` and `readReadings` do */
export function readStudy(file: ReaderStudyFile, studies: string): ReadStudy {
  const study = openReaders(file, studies);
  const events = existsSync(study.folder.readings) ? readReadings(study.folder.readings) : [];
  return { study, events, ratings: ratings(study.lists, events) };
}

/**
 * Answers the registered question from the answers that count.
 *
 * @param networks what networks made of the same arms, where that is known
 * @throws ChromarayError `CHROMARAY_MRMC_*` while too little was read
 */
export function concludeReaders(
  { study, events, ratings: answers }: ReadStudy,
  networks?: NetworksBeside,
): ReaderAnalysis {
  const { plan } = study;
  const { endpoint, scale } = plan;
  return analyseReaders(
    answers,
    {
      study: study.study,
      finding: scale.finding,
      control: orderedArms(plan)[0]!.name,
      method: {
        merit: meritOf(endpoint),
        covariance: endpoint.covariance,
        generality: { readers: endpoint.readers, cases: endpoint.cases },
      },
      margin: endpoint.margin,
      alpha: endpoint.alpha,
      correction: endpoint.correction,
      missing: 'available',
      scale: { least: 0, most: 100 },
      cut: endpoint.cut ?? null,
    },
    {
      protocol: readerProtocol(study, events),
      ...(networks === undefined ? {} : { networks }),
      versions: { chromaray: programVersion() },
    },
  );
}

function meritOf({ metric, cut, range }: ReaderEndpointSection): Merit {
  switch (metric) {
    case 'auc':
      return { of: metric };
    case 'partial auc':
      return { of: metric, from: range![0], to: range![1] };
    default:
      return { of: metric, cut: cut! };
  }
}
