import { bytes } from '@chromaray/base';
import type { BackendAvailability, ProviderState } from '@chromaray/engine';
import type { Check } from './doctor-checks.js';
import type { DoctorReport, OptionalProgram } from './doctor-report.js';

/** What `doctor` found, for a terminal. */
export function formatDoctor(report: DoctorReport): string {
  const { machine, versions, backends, providers, telemetry, programs, checks, advice } = report;
  const limit = machine.memoryLimitBytes === null ? '' : `, ${bytes(machine.memoryLimitBytes)} allowed`;
  const glibc = machine.glibc === null ? '' : `, glibc ${machine.glibc}`;
  const disk = machine.freeDiskBytes === null ? 'free space unknown' : `${bytes(machine.freeDiskBytes)} free here`;
  return [
    `Machine    ${machine.processor}, ${machine.cores} cores, ${machine.system} ${machine.architecture}${glibc}`,
    `Memory     ${bytes(machine.memoryBytes)}${limit}, ${bytes(machine.freeMemoryBytes)} free`,
    `Disk       ${disk}`,
    `Versions   ${Object.entries(versions)
      .flatMap(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    ...backends.map(backendLine),
    ...providers.map(providerLine),
    `Telemetry  ${telemetry.off ? 'off' : 'not off'}: ${telemetry.explanation}`,
    ...programs.map(programLine),
    ...checks.map(checkLine),
    ...(advice.length === 0 ? ['Advice     none'] : []),
    ...advice.map((hint) => `Advice     ${hint}`),
  ].join('\n');
}

function backendLine(backend: BackendAvailability): string {
  if (backend.available)
    return `Backend    ${backend.name} ${backend.version} on ${backend.device}${chosenLibrary(backend)}`;
  return `Backend    ${backend.name} is not available: ${backend.reason} ${backend.remedy}`;
}

function providerLine({ provider, works, device, reason, remedy }: ProviderState): string {
  if (works) return `Provider   ${provider} computes${device === undefined ? '' : ` on ${device}`}`;
  return `Provider   ${provider} is not available: ${reason} ${remedy}`;
}

function programLine({ name, found, neededBy }: OptionalProgram): string {
  return `Program    ${name}: ${found ? 'found' : `not found; only ${neededBy} needs one`}`;
}

function checkLine({ what, works, reason }: Check): string {
  return `Check      ${what}: ${works ? 'works' : `FAILS: ${reason}`}`;
}

/** Which of several files of a library is used; nothing where there was no choice. */
function chosenLibrary({ library }: BackendAvailability): string {
  if (library === undefined || library.others.length === 0) return '';
  return ` (${library.file}; also found: ${library.others.join(', ')})`;
}
