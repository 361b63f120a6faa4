import type { ClassLoss } from '@chromaray/contracts';

/** Files that nobody takes for pictures: notes, tables and settings beside them. */
const noPicture = /\.(?:txt|csv|tsv|md|json|xml|html?|pdf|ya?ml|log|ini|db|py|sh|zip|xlsx?|docx?)$/i;

/** A file of a class that did not become a record. */
interface Lost {
  readonly id: string;
  readonly label: string;
}

/**
 * What each class lost of its files on the way to records: files that are not known as pictures, and pictures that
 * cannot be read.
 *
 * @param ignored files in the folders of classes that are no records
 */
export function lossesByClass(
  classes: readonly string[],
  readable: readonly { readonly label: string }[],
  unreadable: readonly Lost[],
  ignored: readonly Lost[],
): readonly ClassLoss[] {
  const unknown = ignored.filter(({ id }) => !noPicture.test(id));
  return classes.map((label) => {
    const of = (files: readonly { readonly label: string }[]) => files.filter((file) => file.label === label).length;
    const lost = { unreadable: of(unreadable), ignored: of(unknown) };
    return { label, files: of(readable) + lost.unreadable + lost.ignored, ...lost };
  });
}

/** Losses that differ by no more than this share of a class's files are chance. */
const differentShare = 0.01;
/** One file is an accident. */
const fewestFiles = 2;

/** True when one class lost a larger share of its files than another, so that what is left may differ between classes. */
export function areLossesUnequal(losses: readonly ClassLoss[]): boolean {
  const lost = losses.map(({ unreadable, ignored }) => unreadable + ignored);
  const shares = losses.map(({ files }, i) => (files === 0 ? 0 : lost[i]! / files));
  return Math.max(0, ...lost) >= fewestFiles && Math.max(...shares) - Math.min(...shares) > differentShare;
}

/** `NORMAL 8 of 10 files, PNEUMONIA 0 of 10`. */
export function describeLosses(losses: readonly ClassLoss[]): string {
  return losses
    .map(({ label, files, unreadable, ignored }, i) => {
      return `${label} ${unreadable + ignored} of ${files}${i === 0 ? ' files' : ''}`;
    })
    .join(', ');
}
