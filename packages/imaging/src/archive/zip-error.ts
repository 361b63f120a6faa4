import { ChromarayError } from '@chromaray/base';

/** Why a zip archive, or one file in it, could not be used. The code of the error is `CHROMARAY_ZIP_` and this word. */
export type ZipFault =
  | 'CORRUPT'
  | 'DUPLICATE'
  | 'ENCRYPTED'
  | 'LIMIT'
  | 'LINK'
  | 'METHOD'
  | 'NAME'
  | 'NOT_ZIP'
  | 'SIZE';

const remedies: Record<ZipFault, string> = {
  CORRUPT: 'Download or copy the archive again, and compare its checksum with the source.',
  DUPLICATE: 'Create the archive again with one file for each name: it is unclear which of the two is meant.',
  ENCRYPTED: 'Unpack the archive with its password and name the folder.',
  LIMIT: 'Unpack the archive if it is what it should be, and name the folder.',
  LINK: 'Put the file itself into the archive instead of a link.',
  METHOD: 'Create the archive again with the usual compression (deflate), or unpack it and name the folder.',
  NAME: 'Do not use the archive: such names are made to write outside the folder it is unpacked to.',
  NOT_ZIP: 'Download or copy the archive again; if it is not an archive, give the path of the folder or file itself.',
  SIZE: 'Do not use the archive: sizes that are not true are made to fill memory.',
};

/** @param found what is wrong, as the predicate of a sentence that starts with the name */
export function zipError(fault: ZipFault, name: string, found: string, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_ZIP_${fault}`,
    message: `${name} ${found}.`,
    remedy: remedies[fault],
    cause,
    details: { file: name },
  });
}
