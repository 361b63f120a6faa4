import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

/** Three readers, 24 cases, two arms: ratings by a small rule, so that nothing is random. */
function ratings(): string {
  const lines = ['reader,treatment,case,truth,rating'];
  for (let j = 0; j < 3; j++) {
    for (const [i, arm] of ['gray', 'turbo'].entries()) {
      for (let k = 0; k < 24; k++) {
        const truth = k % 2;
        const rating = ((37 * k + 11 * j + 53 * i * truth) % 61) + 25 * truth;
        lines.push(`r${j},${arm},c${k},${truth},${rating}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('chromaray readers', () => {
  const folder = temporaryFolder();
  const place = (name: string): string => path.join(folder.path, name);

  it('analyse: JSON, table, artefact and page of a bare CSV', async () => {
    writeFileSync(place('ratings.csv'), ratings());
    const { exitCode, out } = await run(['readers', 'analyse', place('ratings.csv'), '--json', '--out', place('out')]);
    expect(exitCode).toBe(0);
    const analysis = JSON.parse(out);
    expect(analysis).toMatchObject({ study: 'ratings', endpoint: { control: 'gray', merit: 'auc' } });
    const { format, ...stored } = JSON.parse(readFileSync(place('out/readers.json'), 'utf8'));
    expect([format, stored]).toEqual([1, analysis]);
    expect(existsSync(place('out/readers.html'))).toBe(true);
    const text = await run(['readers', 'analyse', place('ratings.csv')]);
    expect(text.out).toContain('turbo - gray');
    expect(text.out).toContain('For research only');
  });

  it.each(['imrmc', 'rjafroc'])('convert to %s and back gives the same analysis', async (layout) => {
    writeFileSync(place('ratings.csv'), ratings());
    const converted = await run(['readers', 'convert', place('ratings.csv'), '--to', layout, '--out', place(layout)]);
    expect(converted.exitCode).toBe(0);
    const of = async (file: string) => JSON.parse((await run(['readers', 'analyse', file, '--json'])).out).overall;
    expect(await of(place(layout))).toEqual(await of(place('ratings.csv')));
  });

  it('plan: from a published study, and from a pilot', async () => {
    const published = JSON.parse((await run(['readers', 'plan', '--counts', '6,10', '--json'])).out);
    expect(published.plans).toEqual([
      { readers: 6, cases: 170, readings: 2040 },
      { readers: 10, cases: 119, readings: 2380 },
    ]);
    writeFileSync(place('ratings.csv'), ratings());
    const pilot = await run(['readers', 'plan', '--pilot', place('ratings.csv')]);
    expect(pilot.out).toContain('the pilot');
  });

  it.each([
    ['a sensitivity without a cut', ['--endpoint', 'sensitivity'], 'needs a cut', 2],
    ['a control that is no arm', ['--control', 'grey'], 'There is no arm grey; the readings are in gray, turbo.', 2],
    ['a scale that is too short', ['--scale', '0,10'], 'outside the scale of 0 to 10', 1],
  ])('%s is one clear message', async (_, options, message, exit) => {
    writeFileSync(place('ratings.csv'), ratings());
    const { exitCode, err } = await run(['readers', 'analyse', place('ratings.csv'), ...options]);
    expect(exitCode).toBe(exit);
    expect(err.replace(/\s+/g, ' ')).toContain(message);
  });

  it('a file that is not there is named', async () => {
    const { exitCode, err } = await run(['readers', 'analyse', place('none.csv')]);
    expect([exitCode, err]).toEqual([1, expect.stringContaining('none.csv')]);
  });
});
