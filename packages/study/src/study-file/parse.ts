import path from 'node:path';
import { decodeStudyFile, type ModelSection, type StudyFile, type Vocabulary } from '@chromaray/contracts';
import { studyVocabulary } from './vocabulary.js';

/**
 * Parses the text of a study file, checks it, fills in the defaults and makes its paths absolute.
 *
 * @param text YAML
 * @param file where the text comes from: named in errors, and relative paths start from its folder
 * @param vocabulary names that presets and colours may have. Default: this version's own
 * @throws ChromarayError as `decodeStudyFile` does
 */
export function parseStudyFile(text: string, file: string, vocabulary: Vocabulary = studyVocabulary): StudyFile {
  const study = decodeStudyFile(text, file, vocabulary);
  const folder = path.dirname(path.resolve(file));
  const { dataset, model } = study;
  return {
    ...study,
    dataset: {
      ...dataset,
      path: path.resolve(folder, dataset.path),
      ...(dataset.exclude !== undefined && { exclude: path.resolve(folder, dataset.exclude) }),
    },
    model: withPaths(model, folder),
  };
}

function withPaths(model: ModelSection, folder: string): ModelSection {
  const { weights, onnx } = model;
  return {
    ...model,
    ...(weights === undefined ? {} : { weights: path.resolve(folder, weights) }),
    ...(onnx === undefined ? {} : { onnx: path.resolve(folder, onnx) }),
  };
}
