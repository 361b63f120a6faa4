import { counted } from '@chromaray/base';
import type { Paper } from '@chromaray/pages';
import { readStudyFile, registerStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';

export interface StudyRegisterOptions {
  readonly studies: string;
  readonly amend?: string;
  readonly pdf?: Paper;
  readonly json?: boolean;
}

/** What `chromaray study register <study.yaml>` does. */
export async function studyRegisterAction(
  file: string,
  { studies, amend, pdf, json }: StudyRegisterOptions,
  context: Context,
): Promise<void> {
  const { folder, registration } = await registerStudy(readStudyFile(file), {
    ...{ studies, amend, pdf },
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  const { hash, registered, amendments } = registration;
  const inForce = amendments.at(-1)?.hash ?? hash;
  const page = pdf === undefined ? folder.registrationPage : folder.registrationPdf;
  if (json) {
    writeJson(context.out, { ...registration, folder: folder.root, page });
    return;
  }
  const amended = amendments.length === 0 ? '' : `, amended ${counted(amendments.length, 'time')}`;
  printText(
    context.out,
    [
      `Registered   ${registered}${amended}`,
      `Plan         SHA-256 ${inForce}`,
      `Page         ${page}`,
      `Next         publish the page or the hash where you cannot change it, then: chromaray study run ${file}`,
    ].join('\n'),
  );
}
