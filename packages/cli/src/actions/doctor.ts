import { statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { type BackendAvailability, describeBackends, type ProviderState, probeProviders } from '@chromaray/engine';
import { describeMachine, programVersions } from '@chromaray/study';
import { type Context, lineWidth } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { formatBytes } from '../terminal/format.js';
import { wrap } from '../terminal/wrap.js';
import { type Check, selfChecks } from './doctor-checks.js';

/** What `chromaray doctor` does. */
export async function doctorAction(options: { readonly json?: boolean }, context: Context): Promise<void> {
  const report = await examine();
  if (options.json) writeJson(context.out, report);
  else context.out.write(`${format(report, lineWidth(context))}\n`);
  if (report.checks.some(({ works }) => !works)) throw new EndedWith(exitCodes.failed);
}

async function examine() {
  const disk = statfsSync('.');
  const machine = describeMachine();
  const memory = { memoryLimitBytes: memoryLimit(), freeMemoryBytes: freemem() };
  const backends = describeBackends();
  return {
    machine: { ...machine, ...memory, freeDiskBytes: disk.bavail * disk.bsize },
    versions: programVersions('auto'),
    backends,
    providers: await probeProviders(),
    checks: await selfChecks(),
    advice: advice(machine.cores, disk.bavail * disk.bsize),
  };
}

/** What a container allows this process, or null where it may use the whole machine. */
function memoryLimit(): number | null {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : null;
}

const gibibyte = 1024 ** 3;

function advice(cores: number, freeDiskBytes: number): readonly string[] {
  const hints: string[] = [];
  const memory = memoryLimit() ?? totalmem();
  if (cores === 1) hints.push('One core only: trials run one after the other. More cores run more at once.');
  if (memory < 4 * gibibyte) hints.push('Less than 4 GiB of memory: use image.size 64 and training.batch 16.');
  if (freemem() < gibibyte) hints.push('Less than 1 GiB of memory is free: close other programs before a study.');
  if (freeDiskBytes < 2 * gibibyte)
    hints.push('Less than 2 GiB are free on this disk: packs and checkpoints need room.');
  return hints;
}

function format(report: Awaited<ReturnType<typeof examine>>, width: number): string {
  const { machine, versions, backends, providers, checks } = report;
  const limit = machine.memoryLimitBytes === null ? '' : `, ${formatBytes(machine.memoryLimitBytes)} allowed`;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Machine   ${machine.processor}, ${machine.cores} cores, ${machine.system} ${machine.architecture}`,
    `Memory    ${formatBytes(machine.memoryBytes)}${limit}, ${formatBytes(machine.freeMemoryBytes)} free`,
    `Disk      ${formatBytes(machine.freeDiskBytes)} free here`,
    `Versions  ${programs.join(', ')}`,
    ...backends.map(backendLine),
    ...providers.map(providerLine),
    ...checks.map(checkLine),
    ...(report.advice.length === 0 ? ['Advice    none: nothing stands in the way'] : []),
    ...report.advice.map((hint) => `Advice    ${hint}`),
  ]
    .map((line) => wrap(line, width))
    .join('\n');
}

function checkLine({ what, works, reason }: Check): string {
  return `Check     ${what}: ${works ? 'works' : `FAILS: ${reason}`}`;
}

function providerLine({ provider, works, device, reason, remedy }: ProviderState): string {
  if (works) return `Provider  ${provider} computes${device === undefined ? '' : ` on ${device}`}`;
  return `Provider  ${provider} is not available: ${reason} ${remedy}`;
}

function backendLine(backend: BackendAvailability): string {
  if (backend.available) return `Backend   ${backend.name} ${backend.version} on ${backend.device}`;
  return `Backend   ${backend.name} is not available: ${backend.reason} ${backend.remedy}`;
}
