import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ExternalEvaluation, StudyFolder } from '@chromaray/contracts';
import { readArtefact } from './artefacts.js';

/**
 * What a study's models reached on other data sets, in order of file name.
 *
 * @throws as `readArtefact` does
 */
export function externalEvaluations({
  evaluations: folder,
}: Pick<StudyFolder, 'evaluations'>): readonly ExternalEvaluation[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => readArtefact('evaluation', path.join(folder, name)));
}
