import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ChromarayError, readRegularFileSync, sha256, temporaryName, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

const saltPattern = /^[0-9a-f]{64}$/;
const hashLength = 16;

/** Where a user's salt lies, by the XDG base directory specification. */
export function defaultSaltFile(): string {
  const { XDG_CONFIG_HOME } = process.env;
  const base =
    XDG_CONFIG_HOME && path.isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : path.join(os.homedir(), '.config');
  return path.join(base, 'chromaray', 'patient-salt');
}

/**
 * Turns patient identifiers into pseudonyms: HMAC-SHA-256 under a secret that only this user can read, cut to
 * 64 bits. Without the secret nobody can try a hospital's list of patient ids against them, and with it the
 * same patient gets the same pseudonym in every study. The secret is made when it is first needed.
 *
 * Whoever wants equal pseudonyms, and with them equal splits, on another machine copies the file.
 */
export class PatientPseudonyms {
  private secret: string | undefined;

  constructor(private readonly file: string = defaultSaltFile()) {}

  /** Distinguishes two salts without revealing anything of them. */
  get saltId(): string {
    return sha256(`salt ${this.salt}`).slice(0, hashLength);
  }

  /**
   * @param patientId as the file has it
   * @param issuer who gave it: two hospitals may give the same number to two patients. UIDs of DICOM objects are
   *   treated alike, with `DICOM UID` for an issuer
   * @throws ChromarayError `CHROMARAY_PATIENTS_SALT`, `CHROMARAY_FILE_WRITE`
   */
  of(patientId: string, issuer: string | null): string {
    const digest = createHmac('sha256', this.salt)
      .update(JSON.stringify([patientId, issuer]))
      .digest('hex');
    return `p-${digest.slice(0, hashLength)}`;
  }

  private get salt(): string {
    this.secret ??= readOrCreate(this.file);
    return this.secret;
  }
}

function readOrCreate(file: string): string {
  const existing = read(file);
  if (existing !== undefined) return existing;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const temporary = temporaryName(file);
    writeFileSync(temporary, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    try {
      // A link fails where the file is there already: of two processes, the first one's salt counts.
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw writeError(file, error);
  }
  return read(file)!;
}

function read(file: string): string | undefined {
  let text: string;
  try {
    text = readRegularFileSync(file).toString('utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw saltError(file, `cannot be read: ${(cause as Error).message}`, cause);
  }
  if (!saltPattern.test(text)) throw saltError(file, 'does not hold 64 hexadecimal digits');
  return text;
}

function saltError(file: string, found: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_PATIENTS_SALT', {
    message: `The salt for patient ids, ${file}, ${found}.`,
    cause,
    details: { file },
  });
}
