import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const plugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
const program = ['/usr/sbin/Orthanc', '/usr/bin/Orthanc'].find((file) => existsSync(file));

/** A real archive to test against, as Debian's packages orthanc and orthanc-dicomweb install it. */
export const isOrthancInstalled = program !== undefined && existsSync(plugin);

/** An Orthanc on a free port of this machine, with a folder of its own, that asks for a user and a password. */
export class Orthanc {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static readonly authorization = `Basic ${Buffer.from('tester:secret').toString('base64')}`;

  static async start(): Promise<Orthanc> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-orthanc-'));
    const port = await freePort();
    const configuration = path.join(folder, 'orthanc.json');
    writeFileSync(
      configuration,
      JSON.stringify({
        Name: 'chromaray-test',
        StorageDirectory: path.join(folder, 'storage'),
        IndexDirectory: path.join(folder, 'index'),
        HttpPort: port,
        DicomServerEnabled: false,
        RemoteAccessAllowed: false,
        AuthenticationEnabled: true,
        RegisteredUsers: { tester: 'secret' },
        Plugins: [plugin],
        DicomWeb: { Enable: true, Root: '/dicom-web/' },
      }),
    );
    const child = spawn(program!, [configuration], { stdio: 'ignore' });
    const orthanc = new Orthanc(`http://127.0.0.1:${port}/dicom-web`, child, folder);
    for (let i = 0; i < 100; i++) {
      const answer = await fetch(`http://127.0.0.1:${port}/system`, { headers: headers() }).catch(() => undefined);
      if (answer?.ok) return orthanc;
      await wait(100);
    }
    await orthanc.stop();
    throw new Error('Orthanc did not start within 10 s.');
  }

  /** Orthanc's own interface, for a second opinion. */
  async ask(route: string): Promise<unknown> {
    const answer = await fetch(new URL(route, this.url), { headers: headers() });
    return answer.json();
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await Promise.race([ended, wait(5000)]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function headers(): Record<string, string> {
  return { authorization: Orthanc.authorization };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
