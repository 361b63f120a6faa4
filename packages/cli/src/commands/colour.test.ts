import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { encodePng } from '@chromaray/imaging';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
const side = 16;
const png = () =>
  encodePng({ width: side, height: side, channels: 1, data: new Uint8Array(side * side).map((_, i) => i) });
/** A radiograph without the header of a DICOM file, which is read and noted. */
const headless = smallRadiograph({ seed: 1 }).subarray(132);

describe('colour', () => {
  it('fails when nothing was coloured, says so, and writes no sheet', async () => {
    const text = folder.write('only-text/a.jpeg', 'I am a text');
    const [output, sheet] = ['nothing', 'nothing.png'].map((name) => path.join(folder.path, name)) as [string, string];
    const args = ['colour', path.dirname(text), output, '--sheet', sheet];
    const { exitCode, out } = await run(args);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^No picture was colorized\.\n/);
    expect(out).toContain(text);
    expect(existsSync(sheet)).toBe(false);
    const json = await run([...args, '--json']);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ written: [], sheet: null, unreadable: [{ file: text }] });
  });

  it('fails when one of several was not, and keeps the others', async () => {
    const text = folder.write('some/a.jpeg', 'I am a text');
    folder.write('some/b.png', await png());
    const output = path.join(folder.path, 'some-coloured');
    const { exitCode, out } = await run(['colour', path.dirname(text), output]);
    expect(exitCode).toBe(1);
    expect(out).toContain('1 picture colorized');
    expect(readdirSync(output)).toEqual(['b.png']);
  });

  it('names the faults that pictures were read in spite of, in words and as JSON', async () => {
    const file = folder.write('headless/a.dcm', headless);
    const args = ['colour', path.dirname(file), path.join(folder.path, 'headless-coloured')];
    const { exitCode, out } = await run(args);
    expect(exitCode).toBe(0);
    expect(out).toContain(`Read despite faults:\n  ${file} has no "DICM"`);
    const { notes } = JSON.parse((await run([...args, '--json'])).out);
    expect(notes).toMatchObject([{ file, kind: 'no-header' }]);
  });

  it('colours by a random smooth function and by untrained colorizers, each seed by its own', async () => {
    const file = folder.write('seeds/a.png', await png());
    const hashes = [];
    for (const chosen of [
      ['--map', 'smooth-random', '--seed', '1'],
      ['--map', 'smooth-random', '--seed', '2'],
      ['--colorizer', 'photo-small-untrained', '--seed', '1'],
      ['--colorizer', 'photo-small-untrained', '--seed', '2'],
    ]) {
      const output = path.join(folder.path, `seeds-${hashes.length}`);
      expect(await run(['colour', file, output, ...chosen])).toMatchObject({ exitCode: 0 });
      hashes.push(sha256(readFileSync(path.join(output, 'a.png'))));
    }
    expect(new Set(hashes).size).toBe(4);
  });

  it('refuses a seed for a colorizer whose weights are not random', async () => {
    const file = folder.write('seeds/a.png', await png());
    const { exitCode, err } = await run(['colour', file, 'out', '--colorizer', 'photo-small', '--seed', '1']);
    expect(exitCode).toBe(2);
    expect(err).toContain('photo-small-untrained');
  });

  it.each([
    ['turbo', '--seed', '3', '--map shuffled or smooth-random'],
    ['jet', '--of', 'hot', '--map shuffled'],
    ['smooth-random', '--of', 'hot', '--map shuffled'],
  ])('refuses for the map %s the option %s, which it has no use for', async (map, option, value, remedy) => {
    const output = path.join(folder.path, `refused-${map}`);
    const { exitCode, err } = await run(['colour', folder.path, output, '--map', map, option, value]);
    expect(exitCode).toBe(2);
    expect(err).toContain(remedy);
    expect(existsSync(output)).toBe(false);
  });

  it('says nothing of faults where there are none', async () => {
    const file = folder.write('clean/a.png', await png());
    const { exitCode, out } = await run(['colour', file, path.join(folder.path, 'clean-coloured')]);
    expect(exitCode).toBe(0);
    expect(out).not.toContain('faults');
  });

  it('says of a folder without pictures what to name instead', async () => {
    const { exitCode, err } = await run(['colour', path.dirname(folder.write('none/a.txt', '')), 'out']);
    expect(exitCode).toBe(1);
    expect(err).toContain('→ Name a folder or an archive that holds pictures.');
  });
});
