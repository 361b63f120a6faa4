import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { formatDoctor } from './doctor-format.js';
import { examine } from './doctor-report.js';

export interface DoctorOptions {
  readonly json?: boolean;
}

/** What `chromaray doctor` does. */
export async function doctorAction({ json }: DoctorOptions, context: Context): Promise<void> {
  const report = await examine();
  if (json) writeJson(context.out, report);
  else printText(context.out, formatDoctor(report));
  if (report.checks.some(({ works }) => !works)) throw new EndedWith(exitCodes.failed);
}
