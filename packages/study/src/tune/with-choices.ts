import type { StudyFile } from '@chromaray/contracts';
import { type PreparedStudy, prepareStudy } from '../prepare/prepare-study.js';
import { type TuneRequest, tuneStudy } from './tune-study.js';
import { tunedStudy } from './tuned-study.js';

/**
 * The trials of a study with the hyperparameters that its search chooses; without `tune`, the trials as they were prepared.
 *
 * @throws ChromarayError as {@link tuneStudy} and `prepareStudy`
 */
export async function withChoices(
  study: StudyFile,
  prepared: PreparedStudy,
  request: Omit<TuneRequest, 'study'>,
): Promise<Pick<PreparedStudy, 'tasks' | 'concurrency' | 'locate'>> {
  const choices = await tuneStudy({ ...request, study });
  if (choices === undefined) return prepared;
  const { context, folder, data, threads } = request;
  const { onEvent } = context;
  return prepareStudy({
    ...{ study: tunedStudy(study, choices), folder, given: data, earlierThreads: threads },
    // Packs that the choices ask for; everything else has been said.
    context: { ...context, onEvent: (event) => void (event.kind === 'progress' && onEvent(event)) },
  });
}
