import { counted } from '@chromaray/base';
import { readReadersFile, registerReaders } from '@chromaray/readers';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';

export interface ReadersRegisterOptions {
  readonly studies: string;
  readonly checked?: boolean;
  readonly amend?: string;
  readonly json?: boolean;
}

/** What `chromaray readers register <readers.yaml>` does. */
export async function readersRegisterAction(
  file: string,
  { studies, checked = false, amend, json }: ReadersRegisterOptions,
  context: Context,
): Promise<void> {
  const { folder, registration } = await registerReaders(readReadersFile(file), {
    ...{ studies, checked, amend },
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  const { hash, registered, amendments } = registration;
  if (json) {
    writeJson(context.out, { ...registration, folder: folder.root, page: folder.registrationPage });
    return;
  }
  const amended = amendments.length === 0 ? '' : `, amended ${counted(amendments.length, 'time')}`;
  printText(
    context.out,
    [
      `Registered   ${registered}${amended}`,
      `Plan         SHA-256 ${amendments.at(-1)?.hash ?? hash}`,
      `Page         ${folder.registrationPage}`,
      `Next         publish the page or the hash where you cannot change it, then: chromaray readers serve ${file}`,
    ].join('\n'),
  );
}
