import { codedError } from '@chromaray/contracts/errors';

/** A path that a study file can have: only these are read and written as text. @throws ChromarayError `CHROMARAY_WEB_REQUEST` */
export function yamlFile(file: string): string {
  if (/\.ya?ml$/.test(file)) return file;
  throw codedError('CHROMARAY_WEB_REQUEST', {
    message: `${file} is no study file by its name.`,
    remedy: 'Name a file that ends in .yaml.',
  });
}
