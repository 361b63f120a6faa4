import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isChromarayError, sha256 } from '@chromaray/base';
import { buildPreset, presets, saveModel } from '@chromaray/engine';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { installedState } from '../folder.js';
import { addWeights } from './add.js';
import { nameOrPath, readWeightsAt } from './find.js';
import { installedWeights, removeWeights } from './folder.js';
import { knownWeights } from './known.js';
import { pullWeights } from './pull.js';

const files = mkdtempSync(path.join(tmpdir(), 'chromaray-weights-'));
const file = path.join(files, 'mobile.onnx');
let home: string;

beforeAll(() => saveModel(file, buildPreset('mobilenet-v1-0.25', { seed: 1, height: 32, width: 32 }).model));
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'chromaray-home-'));
  vi.stubEnv('CHROMARAY_HOME', home);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(() => rmSync(files, { recursive: true, force: true }));

const preset = 'mobilenet-v1-0.25';
const failure = async (action: () => unknown) => {
  try {
    await action();
  } catch (error) {
    if (isChromarayError(error)) return error as Error & { code: string; remedy: string };
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('installed weights', () => {
  it('are copied, pinned to their hash, read by name with their licence, and removed', async () => {
    const added = await addWeights(file, { preset, licence: 'CC-BY-4.0' });
    const content = readFileSync(file);
    expect(added).toMatchObject({ name: 'mobile', preset, channels: 3, format: 'onnx', sha256: sha256(content) });
    expect(installedWeights()).toEqual([added]);
    expect(readWeightsAt('mobile')).toMatchObject({ file: added.file, sha256: added.sha256, licence: 'CC-BY-4.0' });
    expect(await addWeights(file, { preset })).toEqual(added);
    expect(removeWeights('mobile')).toEqual(added);
    expect(readdirSync(path.join(home, 'weights'))).toEqual([]);
  });

  it('are not read once their file was changed, and the state says so', async () => {
    const added = await addWeights(file, { preset });
    appendFileSync(added.file, '\0');
    expect(await installedState(added)).toBe('changed');
    const again = buildPreset(preset, { seed: 2, height: 32, width: 32 });
    saveModel(added.file, again.model);
    expect((await failure(() => readWeightsAt('mobile'))).code).toBe('CHROMARAY_WEIGHTS_HASH');
  });

  it('of another network are refused with the tensors that differ, and leave nothing behind', async () => {
    const refused = await failure(() => addWeights(file, { preset: 'efficientnet-b0' }));
    expect(refused.code).toBe('CHROMARAY_TRANSFER_WEIGHTS');
    expect(refused.message).toContain('features.0.0.weight');
    expect(installedWeights()).toEqual([]);
    expect(readdirSync(path.join(home, 'weights'))).toEqual([]);
  });

  it.each([
    ['PRESET', () => addWeights(file)],
    ['NAME', () => addWeights(file, { preset, name: 'a.b' })],
    ['MISSING', () => addWeights(path.join(files, 'nowhere.onnx'), { preset })],
    ['FORMAT', () => addWeights(path.join(files, 'model.pth'), { preset })],
    ['HASH', () => addWeights(file, { preset, sha256: '0'.repeat(64) })],
    ['UNKNOWN', () => removeWeights('mobile')],
    ['UNKNOWN', () => readWeightsAt('mobile')],
  ])('refuse with %s what cannot be', async (what, action) => {
    expect((await failure(action)).code).toBe(`CHROMARAY_WEIGHTS_${what}`);
  });

  it('keep a name that is taken, also where it differs in case alone', async () => {
    await addWeights(file, { preset, name: 'a' });
    const other = path.join(files, 'other.onnx');
    saveModel(other, buildPreset(preset, { seed: 2, height: 32, width: 32 }).model);
    for (const name of ['a', 'A']) {
      const taken = await failure(() => addWeights(other, { preset, name }));
      expect(taken.code).toBe('CHROMARAY_WEIGHTS_EXISTS');
      expect(taken.remedy).toContain('chromaray weights remove a');
    }
  });
});

describe('`weights` of a study file', () => {
  it('is the name of installed weights, or a path where it has a dot or a slash or a file is called so', async () => {
    const base = files;
    expect(nameOrPath('mobile', base)).toBe('mobile');
    expect(nameOrPath('mobile.onnx', base)).toBe(file);
    expect(nameOrPath('../x/mobile', base)).toBe(path.resolve(base, '../x/mobile'));
    writeFileSync(path.join(files, 'bare'), '');
    expect(nameOrPath('bare', base)).toBe(path.join(files, 'bare'));
    await addWeights(file, { preset, name: 'bare' });
    expect(nameOrPath('bare', base)).toBe('bare');
  });

  it('that is not installed is told how to be got, and how a file is named', async () => {
    expect((await failure(() => readWeightsAt('densenet121-res224-all'))).remedy).toContain('chromaray weights add');
    expect((await failure(() => readWeightsAt('densenet121-res224-al'))).remedy).toContain('densenet121-res224-all');
    expect((await failure(() => readWeightsAt('mine'))).remedy).toContain('weights: ./mine.safetensors');
  });
});

describe('known weights', () => {
  it('name presets of this version, and an address only with a hash', () => {
    const names = presets.map(({ name }) => name);
    for (const { preset: of, url, sha256: hash } of knownWeights()) {
      expect(names).toContain(of);
      expect(url === null || hash !== null).toBe(true);
    }
  });

  it('without an address say how their file is made', async () => {
    const refused = await failure(() => pullWeights('densenet121-res224-all'));
    expect(refused.code).toBe('CHROMARAY_WEIGHTS_NO_ADDRESS');
    expect(refused.remedy).toContain("torchxrayvision.models.DenseNet(weights='densenet121-res224-all').state_dict()");
    expect(refused.remedy).toContain('weights add <file> --preset densenet121 --name densenet121-res224-all');
  });

  it('with one are downloaded, resumed, verified and installed with their licence', async () => {
    const content = readFileSync(file);
    const ranges: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      ranges.push(request.headers.range);
      const start = Number(/\d+/.exec(request.headers.range ?? '0')![0]);
      response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', 'content-length': content.length - start });
      const part = ranges.length === 1 ? content.subarray(0, 100_000) : content.subarray(start);
      response.write(part, () => (ranges.length === 1 ? response.destroy() : response.end()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const known = {
      ...{ name: 'served', preset, input: null, size: null, bytes: content.length, sha256: sha256(content) },
      ...{ licence: 'MIT', source: 'https://example.org', note: '' },
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/served.onnx`,
    };
    try {
      const wrong = await failure(() => pullWeights('served', { known: [{ ...known, sha256: '0'.repeat(64) }] }));
      expect(wrong.code).toBe('CHROMARAY_WEIGHTS_HASH');
      const installed = await pullWeights('served', { known: [known] });
      expect(installed).toMatchObject({ name: 'served', licence: 'MIT', sha256: known.sha256, origin: known.url });
      expect(ranges.slice(0, 2)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]/)]);
      expect(existsSync(path.join(home, 'weights', 'downloads', 'served.onnx'))).toBe(false);
    } finally {
      server.close();
    }
  });
});
