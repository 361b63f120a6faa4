import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GrayImage } from '@chromaray/imaging';
import { pinnedNetwork, type SmallNetwork, wellBehaved } from '@chromaray/testing/networks';
import { describe, expect, it } from 'vitest';
import { type ContractName, contracts } from './contract.js';
import { openNetworkColorizer } from './network-colorizer.js';

interface Case extends Omit<SmallNetwork, 'inputChannels'> {
  readonly contract: ContractName;
  readonly expected: readonly number[];
}

/** Written by test/reference/colorizers.py with Pillow, OpenCV and torch. */
const reference: { width: number; height: number; gray: number[]; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/colorizers.json', import.meta.url), 'utf8'),
);
const gray: GrayImage = { width: reference.width, height: reference.height, data: Uint8Array.from(reference.gray) };
const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-contracts-'));

async function colorized(contract: ContractName, network: SmallNetwork, image = gray) {
  const colorizer = await openNetworkColorizer(await pinnedNetwork(folder, contract, network), {
    renderFactor: network.side / 16,
  });
  const [result] = await colorizer.colorize([image]);
  await colorizer.release();
  return result!;
}

describe('colorizer contracts', () => {
  it.each(reference.cases)('$contract, $kind: every sample is that of the authors’ recipe', async (example) => {
    const inputChannels = contracts[example.contract].input.channels;
    const result = await colorized(example.contract, { ...example, inputChannels });
    expect(result).toMatchObject({ width: gray.width, height: gray.height, channels: 3 });
    expect([...result.data]).toEqual(example.expected);
  });

  it('DeOldify: a network that gives back what it sees leaves the X-ray as it is, to the last detail', async () => {
    for (const contract of ['deoldify-raw', 'deoldify-imagenet'] as const) {
      const { data } = await colorized(contract, wellBehaved(contract, { kind: 'identity' }));
      // Truncation under "imagenet" may lose a level in one channel and not in another; one step of U or V is
      // then at most two levels of blue.
      const slack = contract === 'deoldify-raw' ? 0 : 2;
      gray.data.forEach((level, i) => {
        for (let c = 0; c < 3; c++) expect(Math.abs(data[i * 3 + c]! - level)).toBeLessThanOrEqual(slack);
      });
    }
  });

  it('DeOldify: constant colour shifts each channel by a constant, in closed form', async () => {
    const { data } = await colorized('deoldify-raw', wellBehaved('deoldify-raw'));
    // Y of (180, 121, 60) is 132; U and V are 0.492 (60 - 132) and 0.877 (180 - 132), rounded.
    const [u, v] = [-35, 42];
    const shifts = [1.14 * v, -0.395 * u - 0.581 * v, 2.032 * u].map(Math.round);
    gray.data.forEach((level, i) => {
      const expected = shifts.map((shift) => Math.max(0, Math.min(255, level + shift)));
      expect([...data.subarray(3 * i, 3 * i + 3)]).toEqual(expected);
    });
  });

  it('Lab: no chroma leaves the X-ray as it is', async () => {
    for (const contract of ['ddcolor', 'zhang'] as const) {
      const { data } = await colorized(contract, wellBehaved(contract, { constant: [0, 0], side: 256 }));
      expect([...data]).toEqual([...gray.data].flatMap((level) => [level, level, level]));
    }
  });

  it('colours pictures of any shape, each at its own size and in order', async () => {
    const shapes = [
      [1, 1],
      [3, 90],
      [70, 2],
    ] as const;
    const images = shapes.map(([width, height], i) => ({
      width,
      height,
      data: new Uint8Array(width * height).fill(50 + i),
    }));
    const pinned = await pinnedNetwork(folder, 'deoldify-raw', wellBehaved('deoldify-raw', { kind: 'identity' }));
    const colorizer = await openNetworkColorizer(pinned, { renderFactor: 1 });
    const results = await colorizer.colorize(images);
    await colorizer.release();
    expect(results.map(({ width, height, data }) => [width, height, data[0]])).toEqual(
      shapes.map(([width, height], i) => [width, height, 50 + i]),
    );
  });

  it('declares what it is', async () => {
    const pinned = await pinnedNetwork(folder, 'zhang', wellBehaved('zhang'));
    const colorizer = await openNetworkColorizer(pinned);
    expect(colorizer).toMatchObject({
      name: 'zhang',
      inputSize: 256,
      valueRange: [0, 100],
      tensors: { input: 'input', output: 'output' },
      merge: 'lightness',
    });
    await colorizer.release();
  });

  it('has another key for another size, and the same for the same file elsewhere', async () => {
    const network = wellBehaved('deoldify-raw');
    const here = await pinnedNetwork(folder, 'deoldify-raw', network);
    const there = await pinnedNetwork(mkdtempSync(path.join(tmpdir(), 'chromaray-')), 'deoldify-raw', network);
    const keys = [];
    for (const [file, renderFactor] of [
      [here, 2],
      [there, 2],
      [here, 3],
    ] as const) {
      const colorizer = await openNetworkColorizer(file, { renderFactor });
      keys.push(colorizer.key);
      await colorizer.release();
    }
    expect(keys[0]).toBe(keys[1]);
    expect(keys[0]).not.toBe(keys[2]);
  });
});
