import path from 'node:path';
import { buildPreset, saveModel } from '@chromaray/engine';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
let file = '';

beforeAll(() => {
  file = path.join(folder.path, 'mobile.onnx');
  saveModel(file, buildPreset('mobilenet-v1-0.25', { seed: 1, height: 32, width: 32 }).model);
});
beforeEach(() => void vi.stubEnv('CHROMARAY_HOME', path.join(folder.path, 'home')));

describe('chromaray weights', () => {
  it('adds weights, says how a study file names them, lists and removes them', async () => {
    const added = await run(['weights', 'add', file, '--preset', 'mobilenet-v1-0.25', '--licence', 'MIT']);
    expect(added).toMatchObject({ exitCode: 0, err: '' });
    expect(added.out.replaceAll(/\s+/g, ' ')).toContain('model: { preset: mobilenet-v1-0.25, weights: mobile }');
    const listed = JSON.parse((await run(['weights', 'list', '--json'])).out);
    expect(listed.installed).toMatchObject([{ name: 'mobile', state: 'intact', licence: 'MIT', channels: 3 }]);
    expect(listed.known.map(({ name }: { name: string }) => name)).toContain('densenet121-res224-all');
    expect((await run(['weights', 'list'])).out).toMatch(/mobile +mobilenet-v1-0\.25 +3 .*verified +MIT/);
    expect((await run(['weights', 'remove', 'mobile'])).out).toContain('is removed');
    expect(JSON.parse((await run(['weights', 'list', '--json'])).out).installed).toEqual([]);
  });

  it('exits with 2 for what was typed wrong, with 1 for what cannot be got', async () => {
    expect((await run(['weights', 'add', file])).exitCode).toBe(2);
    const { exitCode, err } = await run(['weights', 'pull', 'vit-tiny-imagenet']);
    expect(exitCode).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain('torchvision has no weights of this network');
  });
});
