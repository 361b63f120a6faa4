import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { writePart10 } from '@chromaray/imaging';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { recordedContext } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { addDicomWeb } from './dicomweb.js';

const folder = temporaryFolder();
const server = createServer((request, response) => {
  received.push({ url: request.url!, authorization: request.headers.authorization });
  request.resume().on('end', () => {
    const [route] = request.url!.split('?');
    const list = (items: object[]) =>
      response.setHeader('content-type', 'application/dicom+json').end(JSON.stringify(items));
    if (request.method === 'POST') list([]);
    else if (route!.endsWith('/studies')) list([{ '0020000D': { Value: ['1.2.3'] } }]);
    else if (route!.endsWith('/series')) list([{ '0020000E': { Value: ['1.2.4'] }, '00080060': { Value: ['DX'] } }]);
    else if (route!.endsWith('/instances')) list(['1.5', '1.6'].map((uid) => ({ '00080018': { Value: [uid] } })));
    else if (route!.endsWith('/1.6') && isDamaged) response.writeHead(404).end();
    else response.setHeader('content-type', 'application/dicom').end(radiograph());
  });
});
let url = '';
let isDamaged = false;
let received: { url: string; authorization: string | undefined }[] = [];

beforeEach(async () => {
  vi.stubEnv('XDG_CONFIG_HOME', path.join(folder.path, 'config'));
  received = [];
  isDamaged = false;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`;
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

async function run(...args: string[]) {
  const { context, text } = recordedContext();
  const program = new Command().exitOverride();
  addDicomWeb(program, context);
  const error: unknown = await program.parseAsync(['dicomweb', ...args], { from: 'user' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { ...text(), error };
}

describe('dicomweb import', () => {
  it('fetches into a folder with the credentials of the environment, and says what it did', async () => {
    vi.stubEnv('CHROMARAY_DICOMWEB_TOKEN', 'secret-token');
    const output = path.join(folder.path, 'fetched');
    const { out, error } = await run('import', url, output, '--from', '20250101', '--json');
    expect(error).toBeUndefined();
    expect(JSON.parse(out)).toMatchObject({ output, studies: 1, present: 0, failed: [] });
    expect(received.every(({ authorization }) => authorization === 'Bearer secret-token')).toBe(true);
    expect(received[0]!.url).toContain('StudyDate=20250101-');
    expect((await run('import', url, output)).out).toContain('2 were there already');
  });

  it('lists what could not be fetched, and ends with 1', async () => {
    isDamaged = true;
    const { out, error } = await run('import', url, path.join(folder.path, 'partly'));
    expect(error).toBeInstanceOf(EndedWith);
    expect((error as EndedWith).exitCode).toBe(exitCodes.failed);
    expect(out).toMatch(/1 could not be fetched[\s\S]*1\.6\s+has\s+nothing\s+at\s+this\s+address/);
  });
});

describe('dicomweb send', () => {
  it('stores coloured radiographs, and lists files that are none', async () => {
    folder.write('send/a.dcm', radiograph());
    const whole = await run('send', url, path.join(folder.path, 'send'), '--map', 'jet');
    expect(whole).toMatchObject({ error: undefined, out: '1 coloured radiograph stored, for research use only.\n' });
    const other = folder.write('send-text.txt', 'no radiograph');
    const { out, error } = await run('send', url, other);
    expect(error).toBeInstanceOf(EndedWith);
    expect(out).toContain('is not a DICOM file');
  });
});

function radiograph(): Buffer {
  return writePart10([
    { tag: 0x00080016, representation: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, representation: 'UI', value: '2.25.1' },
    { tag: 0x0020000d, representation: 'UI', value: '2.25.2' },
    { tag: 0x00280002, representation: 'US', value: 1 },
    { tag: 0x00280004, representation: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, representation: 'US', value: 2 },
    { tag: 0x00280011, representation: 'US', value: 3 },
    { tag: 0x00280100, representation: 'US', value: 8 },
    { tag: 0x00280101, representation: 'US', value: 8 },
    { tag: 0x00280103, representation: 'US', value: 0 },
    { tag: 0x7fe00010, representation: 'OB', value: Uint8Array.of(0, 50, 100, 150, 200, 250) },
  ]);
}
