import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { codedError } from '@chromaray/contracts/errors';
import { readReadings, readRjafroc, rjafrocFiles, type StudyReading } from '@chromaray/results';

/**
 * Readings from a file (long CSV, iMRMC) or a folder in RJafroc's layout.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_FILE`
 */
export function readingsFrom(place: string): readonly StudyReading[] {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    const sheet = (name: string): string => textOf(path.join(place, name));
    return readRjafroc({
      truth: sheet(rjafrocFiles.truth),
      nl: sheet(rjafrocFiles.nl),
      ll: sheet(rjafrocFiles.ll),
    });
  }
  return readReadings(textOf(place), place);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw codedError('CHROMARAY_MRMC_FILE', {
      message: `${file} cannot be read: ${(cause as Error).message}.`,
      remedy: 'Give a CSV of readings, a file of iMRMC, or a folder with Truth.csv, NL.csv and LL.csv.',
      details: { file },
      cause,
    });
  }
}

/** An arm that is likely the control; otherwise the first by name. */
export function usualControl(readings: readonly StudyReading[]): string {
  const arms = [...new Set(readings.map(({ treatment }) => treatment))].sort();
  return arms.find((arm) => /^(gray|grey|control)$/i.test(arm)) ?? arms[0] ?? '';
}
