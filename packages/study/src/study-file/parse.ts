import path from 'node:path';
import { type ArmSection, decodeStudyFile, isAddress, type StudyFile, type Vocabulary } from '@chromaray/contracts';
import { nameOrPath } from '@chromaray/installed';
import { studyVocabulary } from './vocabulary.js';

type ArmModel = NonNullable<ArmSection['model']>;

/**
 * Parses the text of a study file, checks it, fills in the defaults and makes its paths absolute.
 *
 * @param text YAML
 * @param file where the text comes from: named in errors, and relative paths start from its folder
 * @param vocabulary names that presets and colours may have. Default: this version's own
 * @param limit most arms that factors are expanded to. Default: 64
 * @throws ChromarayError as `decodeStudyFile` does
 */
export function parseStudyFile(
  text: string,
  file: string,
  vocabulary: Vocabulary = studyVocabulary,
  limit?: number,
): StudyFile {
  const study = decodeStudyFile(text, file, vocabulary, limit);
  const folder = path.dirname(path.resolve(file));
  const { dataset, model, execution } = study;
  return {
    ...study,
    dataset: {
      ...dataset,
      path: path.resolve(folder, dataset.path),
      ...(dataset.exclude !== undefined && { exclude: path.resolve(folder, dataset.exclude) }),
    },
    model: withPaths(model, folder),
    ...(execution?.exchange !== undefined && {
      execution: { ...execution, exchange: placeIn(folder, execution.exchange) },
    }),
    arms: study.arms.map((arm) => (arm.model === undefined ? arm : { ...arm, model: withPaths(arm.model, folder) })),
  };
}

/** A folder is made absolute, the address of another exchange stays. */
function placeIn(folder: string, exchange: string): string {
  return isAddress(exchange) ? exchange : path.resolve(folder, exchange);
}

/** A model section, or an arm's part of one, with absolute paths, names of installed weights as they are; `null`, which takes a path away, stays. */
function withPaths<T extends Pick<ArmModel, 'weights' | 'onnx'>>(model: T, folder: string): T {
  const { weights, onnx } = model;
  return {
    ...model,
    ...(typeof weights === 'string' ? { weights: nameOrPath(weights, folder) } : {}),
    ...(typeof onnx === 'string' ? { onnx: path.resolve(folder, onnx) } : {}),
  };
}
