import { percent } from '@chromaray/base';
import type { Unreadable } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** Causes that are named one by one. */
const shownCauses = 3;

/**
 * Stops when more files are unreadable than the share permitted, and says what is wrong with them: how many of each
 * cause, and a remedy for the commonest.
 *
 * @param total files listed
 * @throws ChromarayError `CHROMARAY_DATASET_UNREADABLE`
 */
export function refuseManyUnreadable(unreadable: readonly Unreadable[], total: number, share: number): void {
  if (unreadable.length <= share * total) return;
  const causes = unreadableCauses(unreadable);
  const shown = causes.slice(0, shownCauses).map(({ code, files, example }) => {
    return `${files} ${code.replace(/^CHROMARAY_/, '')}, for example: ${example.replace(/\.$/, '')}`;
  });
  throw codedError('CHROMARAY_DATASET_UNREADABLE', {
    message: `${unreadable.length} of ${total} files cannot be read, more than the ${percent(share)} permitted. ${shown.join('; ')}.`,
    remedy: `${causes[0]!.remedy} \`chromaray data describe\` lists them all; \`dataset.unreadableShare\` in the study file permits more.`,
    details: { unreadable: unreadable.map(({ id, code, reason }) => ({ id, code, reason })), total, share },
  });
}

/** A code and the files that have it. */
export interface UnreadableCause {
  readonly code: string;
  readonly files: number;
  /** The first file's reason. */
  readonly example: string;
  /** The usual cause and what to do about it. */
  readonly remedy: string;
}

/** Why files cannot be read, the commonest cause first. */
export function unreadableCauses(unreadable: readonly Unreadable[]): readonly UnreadableCause[] {
  const causes = new Map<string, UnreadableCause>();
  for (const { code, reason } of unreadable) {
    const known = causes.get(code);
    causes.set(code, {
      code,
      files: (known?.files ?? 0) + 1,
      example: known?.example ?? reason,
      remedy: remedyFor(code),
    });
  }
  return [...causes.values()].sort((a, b) => b.files - a.files);
}

function remedyFor(code: string): string {
  if (code === 'CHROMARAY_IMAGE_MISSING') {
    return 'The usual cause is a download that is not complete, or a manifest with paths from another folder: download the rest, or correct the paths.';
  }
  if (/_(?:TRUNCATED|EMPTY|CORRUPT)$/.test(code)) {
    return 'The usual cause is a copy or a download that was interrupted: copy these files again.';
  }
  if (/_PERMISSION$/.test(code)) return 'Give this user permission to read the files.';
  if (/_UNSUPPORTED$|_TRANSFER_SYNTAX$|_COLOUR$|_MULTI_FRAME$/.test(code)) {
    return 'Convert these files as their messages say, or leave them out.';
  }
  return 'Repair or remove these files.';
}
