import type { ReaderCases, ReaderStudyFile } from '@chromaray/contracts';
import { describeIn, type PrepareContext } from '@chromaray/study';
import { chooseCases } from './choose-cases.js';

/**
 * Reads the data set and chooses the cases. Files that cannot be read are `chooseCases`'s to judge, one by one.
 *
 * @throws ChromarayError as `describeDataset` and `chooseCases` do
 */
export async function listCases(file: ReaderStudyFile, context: PrepareContext): Promise<ReaderCases> {
  return chooseCases(file, await describeIn(context, { ...file.cases.dataset, unreadableShare: 1 }));
}
