import { writeFileAtomic } from '@chromaray/base';
import type { ReaderAnalysis } from '@chromaray/contracts';
import type { readStudy } from '@chromaray/readers';
import { writeLongCsv } from '@chromaray/results';
import { writeArtefact } from '@chromaray/store';

/** Leaves a reader study's readings, its analysis and its report in its folder. */
export async function writeReaderConclusion(
  { study, ratings }: ReturnType<typeof readStudy>,
  analysis: ReaderAnalysis,
): Promise<void> {
  const { folder } = study;
  // Drawing takes a while to load, and only this needs it.
  const { readersReport } = await import('@chromaray/pages/report');
  writeFileAtomic(folder.ratings, writeLongCsv(ratings));
  writeArtefact('readers', folder.analysis, analysis);
  writeFileAtomic(folder.report, readersReport(analysis));
}
