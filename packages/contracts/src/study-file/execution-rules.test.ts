import { describe, expect, it } from 'vitest';
import { decodeStudyFile } from './decode.js';
import { serializeStudyFile } from './serialize.js';

const decode = (execution: string) =>
  decodeStudyFile(
    `name: s
dataset: { path: d, positive: P }
arms: [{ name: a, control: true, colour: none }, { name: b, colour: repeat }]
model: { preset: small }
execution: ${execution}
`,
    'study.yaml',
  );

describe('execution', () => {
  it.each([
    ['{}'],
    ['{ on: queue, queue: "redis://lab", exchange: /shared }'],
    ['{ on: queue, profiles: any, mix: true }'],
    ['{ mix: true }'],
    [
      '{ on: slurm, slurm: { partition: gpu, time: "2:00:00", mem: 16G, setup: ["export A=1"], options: ["--nice=5"] } }',
    ],
  ])('may be %s', (text) => {
    expect(decode(text).execution).toBeDefined();
  });

  it.each([
    ['a queue for this machine', '{ queue: "redis://lab" }', 'EXECUTION', /no meaning/],
    ['profiles of workers where there are none', '{ on: slurm, profiles: any }', 'EXECUTION', /no meaning/],
    ['a profile that is none', '{ on: queue, profiles: gpu }', 'VALUE', /profiles/],
    ['Slurm beside a queue', '{ on: queue, slurm: {} }', 'EXECUTION', /no meaning/],
    [
      'a password, which it does not repeat',
      '{ on: queue, queue: "redis://:secret@lab" }',
      'EXECUTION',
      /^(?!.*secret).*password/,
    ],
    ['a partition that is an option', '{ on: slurm, slurm: { partition: "--wrap=x" } }', 'VALUE', /partition/],
    ['two lines in place of one', '{ on: slurm, slurm: { setup: ["a\\nb"] } }', 'VALUE', /setup/],
    ['an option that is none', '{ on: slurm, slurm: { options: ["rm"] } }', 'VALUE', /options/],
    ['a time that Slurm does not know', '{ on: slurm, slurm: { time: "2 hours" } }', 'VALUE', /time/],
  ])('refuses %s', (_, text, code, message) => {
    expect(() => decode(text)).toThrow(
      expect.objectContaining({ code: `CHROMARAY_STUDY_FILE_${code}`, message: expect.stringMatching(message) }),
    );
  });

  it('is no part of the study as it was run', () => {
    expect(serializeStudyFile(decode('{ on: queue, queue: "redis://lab" }'))).toBe(serializeStudyFile(decode('{}')));
  });
});
