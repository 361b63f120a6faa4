import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import type { ReaderStudyFile } from '@chromaray/contracts';
import { encodePng } from '@chromaray/imaging';
import { parseReadersFile } from './file/read.js';
import { readersFolder } from './folder.js';
import { registerReaders } from './register/register-readers.js';
import { type ReadersServer, type ServeReadersOptions, serveReaders } from './server/serve-readers.js';

/** Names of classes and files that occur nowhere else, so that they are found wherever they leak. */
export const sickClass = 'Krankzeichen';
export const wellClass = 'Gesundzeichen';
export const caseWord = 'Geheimfall';
export const studyWord = 'Lesestudie';

/** What tests change in the small study; values are YAML. */
export interface SmallChoices {
  readonly readers?: string;
  readonly arms?: string;
  readonly design?: string;
  readonly perClass?: number;
  readonly training?: number;
  readonly more?: string;
}

/** A reader study of few small pictures in a folder of its own. */
export class SmallStudy {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'chromaray-readers-'));
  readonly studies = path.join(this.folder, 'reader-studies');
  readonly paths = readersFolder(this.studies, studyWord);
  readonly troubles: unknown[] = [];

  /** Pictures of several sizes, no two alike. */
  static async create(picturesOfClass = 6): Promise<SmallStudy> {
    const study = new SmallStudy();
    for (const [c, label] of [sickClass, wellClass].entries()) {
      mkdirSync(path.join(study.folder, 'data', label), { recursive: true });
      for (let i = 0; i < picturesOfClass; i++) {
        const [width, height] = [40 + 3 * i, 36 + 2 * ((i + c) % 5)];
        const data = Uint8Array.from({ length: width * height }, (_, at) => (at * (7 + i) + c * 131 + i * 17) % 256);
        writeFileSync(study.picture(label, i), await encodePng({ width, height, channels: 1, data }));
      }
    }
    return study;
  }

  picture(label: string, i: number): string {
    return path.join(this.folder, 'data', label, `${caseWord}-${label}-${i}.png`);
  }

  text({ readers = '[R1, R2]', arms, design, perClass = 4, training = 1, more = '' }: SmallChoices = {}): string {
    return `name: ${studyWord}
cases: { dataset: { path: data, layout: folders, positive: ${sickClass}, patient: none }, perClass: ${perClass} ${more} }
training: { perClass: ${training} }
arms: ${arms ?? '[{ name: Graustufenarm, control: true, colour: none }, { name: Turboarm, colour: { map: turbo } }]'}
design: ${design ?? '{ kind: crossed, washout: 28 }'}
image: { side: 64 }
scale: { finding: opacity }
readers: ${readers}
endpoint: { metric: auc, margin: 0.05 }
`;
  }

  file(choices: SmallChoices = {}): ReaderStudyFile {
    return parseReadersFile(this.text(choices), path.join(this.folder, 'readers.yaml'));
  }

  /** Registers, as somebody who looks at the pictures in between. */
  async register(file: ReaderStudyFile = this.file(), amend?: string) {
    const register = () => registerReaders(file, { studies: this.studies, checked: true, amend });
    try {
      return await register();
    } catch (error) {
      if (!isChromarayError(error) || (error as { code: string }).code !== 'CHROMARAY_READERS_UNCHECKED') throw error;
      return register();
    }
  }

  serve(file: ReaderStudyFile = this.file(), options: Partial<ServeReadersOptions> = {}): Promise<ReadersServer> {
    return serveReaders(file, { studies: this.studies, onTrouble: (error) => this.troubles.push(error), ...options });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
