import { canonicalJson, readRegularFileSync, sha256 } from '@chromaray/base';
import type { DatasetSection } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { readStudyFile } from '@chromaray/study';
import type { Workspace } from '../workspace/workspace.js';
import type { DatasetOrder } from './dataset-order.js';
import { OpenDataset } from './open-dataset.js';

/** Data sets that are kept open; the one that was asked for longest ago is closed for another. */
const most = 4;

/** Bytes of an exclusion list. */
const largestList = 64 * 2 ** 20;

/** The data sets that pages look at. */
export class Datasets {
  private readonly open = new Map<string, OpenDataset>();

  constructor(private readonly workspace: Workspace) {}

  /** The data set of a study, as its study file in its folder reads it; wherever that names it, because its owner did. */
  ofStudy(study: string): OpenDataset {
    const { dataset } = readStudyFile(this.workspace.study(study).studyFile);
    return this.start({ section: dataset, cache: this.workspace.cache, audit: false });
  }

  /** A data set within the opened folders. */
  at(section: Partial<DatasetSection> & Pick<DatasetSection, 'path'>): OpenDataset {
    const path = this.workspace.existing(section.path);
    const { exclude, ...rest } = section;
    const list = exclude === undefined ? undefined : this.workspace.existing(exclude);
    return this.start({
      section: { ...rest, path, followLinks: false, ...(list !== undefined && { exclude: list }) },
      ...{ cache: this.workspace.cache, audit: true },
      // A list that has changed leaves another data set.
      ...(list !== undefined && { listed: sha256(readRegularFileSync(list, largestList)) }),
    });
  }

  /** @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` */
  get(id: string): OpenDataset {
    const dataset = this.open.get(id);
    if (dataset === undefined)
      throw codedError('CHROMARAY_WEB_NOT_FOUND', {
        message: 'This data set is not open.',
        remedy: 'Open it from the first page or from its study.',
      });
    return this.used(id, dataset);
  }

  close(): void {
    for (const dataset of this.open.values()) dataset.close();
    this.open.clear();
  }

  private start(order: DatasetOrder): OpenDataset {
    const id = sha256(canonicalJson(order)).slice(0, 16);
    const there = this.open.get(id);
    // One that failed is read again: its owner may have mended it.
    if (there !== undefined && there.state.error === null) return this.used(id, there);
    there?.close();
    const dataset = this.used(id, new OpenDataset(id, order));
    for (const [old, one] of this.open) {
      if (this.open.size <= most) break;
      one.close();
      this.open.delete(old);
    }
    return dataset;
  }

  private used(id: string, dataset: OpenDataset): OpenDataset {
    this.open.delete(id);
    this.open.set(id, dataset);
    return dataset;
  }
}
