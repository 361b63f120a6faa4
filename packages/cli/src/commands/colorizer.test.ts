import { existsSync } from 'node:fs';
import path from 'node:path';
import { GraphBuilder, saveModel } from '@chromaray/engine';
import { decodeImage, encodePng } from '@chromaray/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
let colorizers = '';
let image = '';
let network = '';

beforeAll(async () => {
  colorizers = path.join(folder.path, 'colorizers');
  const data = Uint8Array.from({ length: 40 * 30 }, (_, i) => 20 + (i % 200));
  image = folder.write('x-ray.png', await encodePng({ width: 40, height: 30, channels: 1, data }));
  // Gives back what it sees, half as blue.
  const builder = new GraphBuilder('yellowish', 17);
  const input = builder.input('input', 'float32', [1, 3, 'height', 'width']);
  builder.output(builder.node('Mul', [input, builder.floats([1, 1, 0.5], [1, 3, 1, 1])], {}, { outputs: ['output'] }));
  network = path.join(folder.path, 'yellowish.onnx');
  saveModel(network, {
    graph: builder.build(),
    opsets: new Map([['', 17]]),
    irVersion: 8,
    producer: 'test',
    metadata: new Map(),
  });
});

describe('colorizer', () => {
  it('adds a network, lists it, colours with it and compares render factors', async () => {
    const added = await run(['colorizer', 'add', network, '--contract', 'deoldify-raw', '--colorizers', colorizers]);
    expect(added.err).toBe('');
    expect(added.out).toContain('colour: { colorizer: yellowish }');

    const listed = JSON.parse((await run(['colorizer', 'list', '--colorizers', colorizers, '--json'])).out);
    expect(listed.installed).toMatchObject([{ name: 'yellowish', contract: 'deoldify-raw' }]);
    expect((await run(['colorizer', 'list', '--colorizers', colorizers])).out).toContain(
      'colorizer pull deoldify-artistic',
    );

    const output = path.join(folder.path, 'out');
    const chosen = ['--colorizer', 'yellowish', '--render-factor', '2', '--colorizers', colorizers];
    expect(await run(['colour', image, output, ...chosen])).toMatchObject({ exitCode: 0, err: '' });
    const { data, isColour } = await decodeImage(path.join(output, 'x-ray.png'));
    expect(isColour).toBe(true);
    expect(data[2]!).toBeLessThan(data[0]!);

    const sheet = path.join(folder.path, 'sweep.png');
    const sweep = ['colorizer', 'sweep', 'yellowish', image, '--factors', '1,2', '--sheet', sheet];
    expect(await run([...sweep, '--colorizers', colorizers])).toMatchObject({ exitCode: 0, err: '' });
    expect((await decodeImage(sheet)).width).toBeGreaterThan(3 * 256);
  });

  it('says what is wrong in one message, and exits with 1', async () => {
    const wrong = await run(['colorizer', 'add', network, '--contract', 'zhang', '--colorizers', colorizers]);
    expect(wrong).toMatchObject({ exitCode: 1, out: '' });
    expect(wrong.err).toContain('CHROMARAY_COLORIZER_');
    const byHand = await run(['colorizer', 'pull', 'zhang-eccv16', '--colorizers', colorizers]);
    expect(byHand.err).toContain('colorizer add <file.onnx> --contract zhang --name zhang-eccv16');
    expect(existsSync(path.join(colorizers, 'zhang-eccv16.json'))).toBe(false);
  });
});
