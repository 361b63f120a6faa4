import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('..', import.meta.url));
const built = existsSync(path.join(cli, 'dist', 'main.js'));

describe.skipIf(!built)('Ctrl-C (skipped before npm run build)', () => {
  it('ends a workbench, and is answered with what it ended', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-interrupt-'));
    const args = [path.join(cli, 'bin', 'chromaray.js'), 'open', folder, '--no-browser', '--json'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    try {
      await once(child.stdout, 'data');
      child.kill('SIGINT');
      const [code] = await once(child, 'close');
      expect(code).toBe(0);
      expect(said.trim()).toBe('The workbench has ended.');
    } finally {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
