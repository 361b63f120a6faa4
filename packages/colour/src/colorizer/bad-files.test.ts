import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type SmallNetwork, wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { beforeEach, describe, expect, it } from 'vitest';
import { addColorizer } from './add.js';
import type { ContractName } from './contract.js';
import { installedColorizer, installedColorizers } from './installed.js';
import { openColorizer } from './open.js';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'chromaray-colorizers-'));
  folder = path.join(root, 'colorizers');
});

function network(contract: ContractName, change: Partial<SmallNetwork> = {}): string {
  return writeNetwork(path.join(root, 'tiny.onnx'), wellBehaved(contract, change));
}

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_COLORIZER_${what}` });

describe('addColorizer', () => {
  it('installs a file under its name, pinned to its hash, and does nothing the second time', async () => {
    const file = network('deoldify-raw');
    const added = await addColorizer(file, { contract: 'deoldify-raw', folder });
    expect(added).toMatchObject({ name: 'tiny', contract: 'deoldify-raw', file: path.join(folder, 'tiny.onnx') });
    expect(installedColorizers(folder)).toEqual([added]);
    expect(await addColorizer(file, { contract: 'deoldify-raw', folder })).toEqual(added);
    const colorizer = await openColorizer('tiny', { folder, renderFactor: 2 });
    expect(colorizer.inputSize).toBe(32);
    await colorizer.release();
  });

  it('takes other tensor names by declaration', async () => {
    const file = network('zhang', { input: 'L', output: 'ab' });
    await expect(addColorizer(file, { contract: 'zhang', folder })).rejects.toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_COLORIZER_TENSOR',
        message: 'The colorizer "tiny" has no input "input"; it has "L".',
        remedy: 'Name it: --input L.',
      }),
    );
    const added = await addColorizer(file, { contract: 'zhang', folder, tensors: { input: 'L', output: 'ab' } });
    expect(added.tensors).toEqual({ input: 'L', output: 'ab' });
  });

  const faults: [string, () => Promise<unknown>][] = [
    ['HASH', () => addColorizer(network('zhang'), { contract: 'zhang', folder, sha256: '0'.repeat(64) })],
    ['HASH', () => addColorizer(network('zhang'), { contract: 'zhang', folder, name: 'deoldify-artistic' })],
    ['CONTRACT', () => addColorizer(network('zhang'), { contract: 'zang', folder })],
    ['NAME', () => addColorizer(network('zhang'), { contract: 'zhang', folder, name: '../up' })],
    ['MISSING', () => addColorizer(path.join(root, 'gone.onnx'), { contract: 'zhang', folder })],
    ['MODEL', () => addColorizer(textFile(), { contract: 'zhang', folder })],
    // Three channels where the contract has one.
    ['TENSOR', () => addColorizer(network('ddcolor', { side: 512 }), { contract: 'zhang', folder })],
    // Two channels out where the contract has three.
    ['SIZE', () => addColorizer(network('ddcolor'), { contract: 'deoldify-raw', folder })],
    // Fixed to a side that the contract does not have.
    ['SIZE', () => addColorizer(network('zhang', { side: 64, fixed: true }), { contract: 'zhang', folder })],
    // Fails inside: its pattern has another side than the contract's.
    ['RUN', () => addColorizer(network('zhang', { kind: 'position', side: 64 }), { contract: 'zhang', folder })],
  ];
  it.each(faults)('%s: one error, and nothing is installed', async (what, add) => {
    await expect(add()).rejects.toThrow(code(what));
    expect(installedColorizers(folder)).toEqual([]);
    expect(filesIn(folder)).toEqual([]);
  });

  it.each<[string, ContractName, readonly number[], string]>([
    ['black: made for normalised pixels', 'deoldify-raw', [0.9, -0.3, 2], 'gives a black picture'],
    ['saturated: normalises inside', 'deoldify-imagenet', [180, 121, 60], 'gives a saturated picture'],
    ['not a number', 'deoldify-raw', [Number.NaN, 1, 1], 'no numbers'],
    ['chroma beyond every colour', 'ddcolor', [25, 4000], 'a chroma of 4000'],
  ])('RANGE, %s', async (_, contract, constant, message) => {
    const file = network(contract, { constant });
    await expect(addColorizer(file, { contract, folder })).rejects.toThrow(
      expect.objectContaining({ code: 'CHROMARAY_COLORIZER_RANGE', message: expect.stringContaining(message) }),
    );
  });

  it('does not replace a colorizer by another of the same name', async () => {
    await addColorizer(network('zhang'), { contract: 'zhang', folder });
    const other = network('zhang', { constant: [1, 2] });
    await expect(addColorizer(other, { contract: 'zhang', folder })).rejects.toThrow(code('EXISTS'));
    await expect(addColorizer(other, { contract: 'zhang', folder, name: 'TINY' })).rejects.toThrow(code('EXISTS'));
    rmSync(path.join(folder, 'tiny.onnx'));
    await addColorizer(other, { contract: 'zhang', folder });
  });
});

describe('openColorizer', () => {
  it('refuses a file that has changed since it was added', async () => {
    const { file } = await addColorizer(network('zhang'), { contract: 'zhang', folder });
    appendFileSync(file, 'x');
    await expect(openColorizer('tiny', { folder })).rejects.toThrow(code('HASH'));
    rmSync(file);
    await expect(openColorizer('tiny', { folder })).rejects.toThrow(code('MISSING'));
  });

  it('refuses a size that the file or its contract cannot have, and says which it can', async () => {
    await addColorizer(network('deoldify-raw', { side: 64, fixed: true }), { contract: 'deoldify-raw', folder });
    await expect(openColorizer('tiny', { folder, renderFactor: 35 })).rejects.toThrow(
      'takes pictures of 64 x 64 only; the render factor 35 asks for 560',
    );
    await addColorizer(network('ddcolor'), { contract: 'ddcolor', folder, name: 'dd' });
    await expect(openColorizer('dd', { folder, renderFactor: 20 })).rejects.toThrow(
      '256 (render factor 16) or 512 (render factor 32)',
    );
  });

  it('says how to get one that is known but not there', async () => {
    const remedy = async (name: string) => (await openColorizer(name, { folder }).catch((error) => error)).remedy;
    expect(await remedy('deoldify-artistic')).toContain('colorizer pull deoldify-artistic');
    expect(await remedy('zhang-eccv16')).toContain('--name zhang-eccv16 --contract zhang');
    expect(await remedy('turbi')).toBe('Did you mean turbo?');
  });

  it('has the colour maps built in', async () => {
    const colorizer = await openColorizer('turbo', { folder });
    const gray = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
    expect((await colorizer.colorize([gray]))[0]).toMatchObject({ width: 2, height: 1, channels: 3 });
    expect(colorizer).toMatchObject({ inputSize: undefined, tensors: undefined, merge: 'none', valueRange: [0, 255] });
  });
});

describe('installedColorizer', () => {
  it('refuses a description that is none', async () => {
    await addColorizer(network('zhang'), { contract: 'zhang', folder });
    writeFileSync(path.join(folder, 'tiny.json'), '{}');
    expect(() => installedColorizer('tiny', folder)).toThrow(code('DESCRIPTION'));
    expect(installedColorizer('other', folder)).toBeUndefined();
  });
});

function textFile(): string {
  const file = path.join(root, 'text.onnx');
  writeFileSync(file, 'no model');
  return file;
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
