import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, sha256, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { phantomNotice } from '@chromaray/imaging';
import type { PhantomReport } from './report.js';

/**
 * How a synthetic set says what it is and whether it is whole. `phantoms-unfinished.json` is written first
 * and removed last; `phantoms.json`, the report with a digest of what it describes, is written when every
 * file is there. So a set with `phantoms.json` is complete, and one without can be completed.
 */
const finishedName = 'phantoms.json';
const unfinishedName = 'phantoms-unfinished.json';

const readme = `${phantomNotice}

Every image in this folder was computed by Chromaray. None shows a person, and nothing
learned from them says anything about patients. The names imitate those of the Kermany
et al. 2018 set so that tools which read patients from names can be tried out.

${finishedName} lists the files, the settings that made them and every fault planted on purpose.
`;

interface Ledger {
  /** Of the report before the files existed: same digest, same set. */
  readonly digest: string;
  readonly report: PhantomReport;
}

/**
 * Prepares the folder for a set.
 *
 * @returns `complete` when the same set is there whole; otherwise write it, or resume writing it
 * @throws ChromarayError `CHROMARAY_PHANTOMS_FOLDER` when the folder holds anything else
 */
export function openFolder(directory: string, report: PhantomReport, files: readonly string[]): 'complete' | 'write' {
  const digest = digestOf(report);
  for (const name of [finishedName, unfinishedName]) {
    const ledger = readLedger(path.join(directory, name));
    if (ledger === undefined) continue;
    if (ledger.digest !== digest) throw taken(directory, 'a synthetic data set made with other settings');
    if (name === finishedName && files.every((file) => existsSync(path.join(directory, file)))) return 'complete';
    begin(directory, ledger);
    return 'write';
  }
  mkdirSync(directory, { recursive: true });
  const found = readdirSync(directory).filter((name) => !name.endsWith('.tmp'));
  if (found.length > 0) throw taken(directory, `${found.length} entries (such as ${found[0]})`);
  begin(directory, { digest, report });
  return 'write';
}

function begin(directory: string, ledger: Ledger): void {
  writeFileAtomic(path.join(directory, unfinishedName), JSON.stringify(ledger));
  rmSync(path.join(directory, finishedName), { force: true });
  writeFileAtomic(path.join(directory, 'README.txt'), readme);
}

/** Declares the set whole. */
export function closeFolder(directory: string, report: PhantomReport): void {
  const ledger: Ledger = { digest: digestOf(report), report };
  writeFileAtomic(path.join(directory, finishedName), `${JSON.stringify(ledger, null, 1)}\n`);
  rmSync(path.join(directory, unfinishedName), { force: true });
}

/** True when the file is complete: files get their names only once written, an empty one only by a lost disk. */
export function isWritten(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function digestOf(report: PhantomReport): string {
  return sha256(JSON.stringify(report));
}

function readLedger(file: string): Ledger | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Ledger;
  } catch (cause) {
    throw codedError('CHROMARAY_PHANTOMS_FOLDER', {
      message: `${file} is not the list of a synthetic data set that it should be.`,
      cause,
    });
  }
}

function taken(directory: string, what: string): ChromarayError {
  return codedError('CHROMARAY_PHANTOMS_FOLDER', {
    message: `${directory} already holds ${what}; expected an empty folder or this very synthetic data set.`,
    details: { directory },
  });
}
