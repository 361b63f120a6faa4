import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeError } from '@chromaray/base';
import type { JudgedStudy } from './judge.js';

/**
 * Trained studies that are done, one JSON line each after a line that says of what: an interrupted calibration
 * resumes. A journal of other studies is begun anew.
 */
export class Journal {
  private constructor(
    private readonly file: string | undefined,
    /** What an earlier run has left, in order. */
    readonly done: readonly JudgedStudy[],
  ) {}

  /**
   * @param file undefined keeps nothing
   * @param identity of the studies: design, seed and program
   * @throws ChromarayError `CHROMARAY_FILE_WRITE`
   */
  static open(file: string | undefined, identity: unknown): Journal {
    if (file === undefined) return new Journal(undefined, []);
    const header = JSON.stringify({ identity });
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (lines[0] === header) return new Journal(file, wholeLines(lines.slice(1)));
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `${header}\n`);
    } catch (error) {
      throw writeError(file, error);
    }
    return new Journal(file, []);
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  add(study: JudgedStudy): void {
    if (this.file === undefined) return;
    try {
      appendFileSync(this.file, `${JSON.stringify(study)}\n`);
    } catch (error) {
      throw writeError(this.file, error);
    }
  }
}

/** Lines up to the first that is not whole: a killed process may have left half of one. */
function wholeLines(lines: readonly string[]): readonly JudgedStudy[] {
  const studies: JudgedStudy[] = [];
  for (const line of lines) {
    try {
      studies.push(JSON.parse(line) as JudgedStudy);
    } catch {
      break;
    }
  }
  return studies;
}
