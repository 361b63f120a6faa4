import { isDicom } from '@chromaray/imaging';
import { type DicomJson, isUid, readDicomJson, textOf, uidOf } from './dicom-json.js';
import { dicomWebError } from './dicomweb-error.js';
import { readParts, writeParts } from './multipart.js';
import { send } from './request.js';
import { checkedAddress, type DicomWebServer } from './server.js';

/** Which studies to find; all must hold. */
export interface StudyFilter {
  /** Studies with these Study Instance UIDs. */
  readonly studies?: readonly string[];
  /** First and last day, as `YYYYMMDD`. */
  readonly from?: string;
  readonly to?: string;
  /** Most studies. */
  readonly limit?: number;
}

/** The address of an object on a server. */
export interface InstanceAddress {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
}

/** An object that a server did not take, and its reason as a DICOM status. */
export interface RejectedInstance {
  readonly instance: string;
  readonly reason: string;
}

const json = 'application/dicom+json';
const pageLength = 200;

/** An uncompressed radiograph of 64 megapixels, twice over. */
const largestObject = 2 ** 28;

/**
 * Speaks DICOMweb: finds (QIDO-RS), fetches (WADO-RS) and stores (STOW-RS). Identifiers of patients are
 * neither asked for nor kept.
 *
 * Source: DICOM PS3.18 2025, section 10.
 */
export class DicomWebClient {
  private readonly address: string;

  /** @throws ChromarayError `CHROMARAY_DICOMWEB_URL`, `_INSECURE`, `_CREDENTIALS` */
  constructor(private readonly server: DicomWebServer) {
    this.address = checkedAddress(server);
  }

  /** Study Instance UIDs of the studies that have a series of one of the modalities. */
  async findStudies(filter: StudyFilter, modalities: readonly string[]): Promise<readonly string[]> {
    if (filter.studies !== undefined) return checkedUids(filter.studies);
    const limit = filter.limit ?? Number.POSITIVE_INFINITY;
    const found = new Set<string>();
    for (const modality of modalities) {
      const query = new URLSearchParams({ ModalitiesInStudy: modality });
      if (filter.from !== undefined || filter.to !== undefined) {
        query.set('StudyDate', `${filter.from ?? ''}-${filter.to ?? ''}`);
      }
      for await (const study of this.pages('/studies', query, '0020000D')) {
        if (found.size >= limit) break;
        found.add(uidOf(this.address, study, '0020000D'));
      }
    }
    return [...found].sort();
  }

  /** All objects of a study's series of the modalities, sorted by UID. */
  async findInstances(study: string, modalities: readonly string[]): Promise<readonly InstanceAddress[]> {
    const found: InstanceAddress[] = [];
    for await (const item of this.pages(`/studies/${study}/series`, new URLSearchParams(), '0020000E')) {
      if (!modalities.includes(textOf(item, '00080060') ?? '')) continue;
      const series = uidOf(this.address, item, '0020000E');
      const path = `/studies/${study}/series/${series}/instances`;
      for await (const object of this.pages(path, new URLSearchParams(), '00080018')) {
        found.push({ study, series, instance: uidOf(this.address, object, '00080018') });
      }
    }
    return found.sort((a, b) => (`${a.series} ${a.instance}` < `${b.series} ${b.instance}` ? -1 : 1));
  }

  /**
   * An object as a DICOM file, in the transfer syntax in which it is stored.
   *
   * @throws ChromarayError `CHROMARAY_DICOMWEB_` + `NOT_FOUND`, `CUT`, `MALFORMED` and as every request
   */
  async retrieve({ study, series, instance }: InstanceAddress): Promise<Uint8Array> {
    const url = `${this.address}/studies/${study}/series/${series}/instances/${instance}`;
    const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
    const answer = await send(this.server, url, { method: 'GET', accept, mostBytes: largestObject });
    const isSingle = /^application\/dicom\b/i.test(answer.contentType);
    const [file] = isSingle ? [answer.body] : readParts(url, answer.contentType, answer.body);
    if (file !== undefined && isDicom(file)) return file;
    throw dicomWebError('MALFORMED', `${url} answers with something else than a DICOM file`);
  }

  /**
   * Stores objects; the same object may be stored again without harm.
   *
   * @returns those that the server did not take
   */
  async store(files: readonly Uint8Array[]): Promise<readonly RejectedInstance[]> {
    const url = `${this.address}/studies`;
    const answer = await send(this.server, url, {
      method: 'POST',
      accept: json,
      ...writeParts(files),
      alsoFine: [409],
    });
    if (answer.body.length === 0) {
      if (answer.status !== 409) return [];
      throw dicomWebError('REJECTED', `${url} rejects every object without a reason`);
    }
    const failed = readDicomJson(url, answer.body).flatMap((item) => (item['00081198']?.Value ?? []) as DicomJson[]);
    return failed.map((item) => ({
      instance: textOf(item, '00081155') ?? 'an object without UID',
      reason: textOf(item, '00081197') ?? 'not given',
    }));
  }

  /** Results page by page; a server that ignores the offset sends the same ones again, and that is the end. */
  private async *pages(path: string, query: URLSearchParams, uidTag: string): AsyncGenerator<DicomJson> {
    const url = `${this.address}${path}`;
    const seen = new Set<string>();
    for (let offset = 0; ; offset += pageLength) {
      query.set('limit', String(pageLength));
      query.set('offset', String(offset));
      const answer = await send(this.server, `${url}?${query}`, { method: 'GET', accept: json });
      const page = answer.status === 204 ? [] : readDicomJson(url, answer.body);
      const fresh = page.filter((item) => !seen.has(uidOf(url, item, uidTag)));
      for (const item of fresh) {
        seen.add(uidOf(url, item, uidTag));
        yield item;
      }
      if (page.length < pageLength || fresh.length === 0) return;
    }
  }
}

function checkedUids(uids: readonly string[]): readonly string[] {
  const wrong = uids.find((uid) => !isUid(uid));
  if (wrong === undefined) return [...new Set(uids)].sort();
  throw dicomWebError('URL', `"${wrong}" is no Study Instance UID; digits and dots were expected`);
}
