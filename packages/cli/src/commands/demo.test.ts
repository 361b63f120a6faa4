import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();

describe('demo', () => {
  it('stopped by Ctrl-C says how to go on, since without --keep it begins anew', async () => {
    const out = path.join(folder.path, 'demo');
    const signal = AbortSignal.abort();
    const stopped = await run(['demo', '--out', out], { signal });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.err).toContain(`→ Go on with: chromaray demo --out ${out} --keep`);
    expect((await run(['demo', '--out', out, '--keep'], { signal })).err).toContain('→ Run the same command again');
  });
});
