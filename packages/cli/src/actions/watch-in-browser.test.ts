import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStudyStore } from '@chromaray/store';
import { expect, it, vi } from 'vitest';
import { recordedContext } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { watchInBrowser } from './watch-in-browser.js';

const folder = temporaryFolder();

it.skipIf(process.platform !== 'linux')(
  'a study is shown in the browser once it has begun, until Ctrl-C (Linux)',
  async () => {
    const root = path.join(folder.path, 'studies', 'shown here');
    mkdirSync(root, { recursive: true });
    openStudyStore(path.join(root, 'study.db')).close();
    const asked = path.join(folder.path, 'asked');
    writeFileSync(path.join(folder.path, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${asked}'\n`);
    chmodSync(path.join(folder.path, 'xdg-open'), 0o755);
    vi.stubEnv('PATH', `${folder.path}${path.delimiter}${process.env.PATH}`);
    const interrupt = new AbortController();
    const { context, text } = recordedContext({ signal: interrupt.signal });
    const watched = await watchInBrowser(folder.path, path.join(folder.path, 'studies'), 'shown here', context);
    expect(text().err).toBe('');
    watched.begun();
    watched.begun();
    expect(text().err.match(/live at/g)).toHaveLength(1);
    const [, address] = /live at (\S+)/.exec(text().err)!;
    await expect.poll(() => existsSync(asked) && readFileSync(asked, 'utf8')).toBe(address);
    const answer = await fetch(address!, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/studies/shown%20here']);
    const ended = watched.untilInterrupted();
    interrupt.abort();
    await ended;
    await watched.stop();
    await expect(fetch(address!)).rejects.toThrow();
  },
);
