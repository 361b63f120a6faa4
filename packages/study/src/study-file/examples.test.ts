import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readStudyFile } from './read.js';

const examples = (of: string) => fileURLToPath(new URL(`../../../../examples/${of}`, import.meta.url));
const read = (of: string) => readdirSync(examples(of)).map((name) => readStudyFile(path.join(examples(of), name)));
const studies = read('colour-on-kermany');

describe('the study files of docs/colour-on-kermany.md', () => {
  it('are read, with five seeds each and a split by patient', () => {
    expect(studies.map(({ name }) => name).sort()).toEqual(['colour-on-kermany', 'colour-on-kermany-pretrained']);
    for (const { seeds, split } of studies)
      expect({ seeds, split: split.method }).toEqual({ seeds: [1, 2, 3, 4, 5], split: 'patient' });
  });

  it('ask about the same colours, with the colorizer’s untrained twin and a smooth random colouring as controls', () => {
    const colours = studies.map(({ arms }) => arms.filter(({ control }) => !control).map(({ name }) => name));
    for (const names of colours)
      expect(names).toEqual(expect.arrayContaining(['turbo', 'photo-small', 'photo-small-untrained', 'smooth-random']));
    const [first, second] = studies.map(({ arms }) => arms.find(({ name }) => name === 'photo-small')!.colour);
    expect(second).toEqual(first);
  });
});

describe('the study files of docs/kermany-questions.md', () => {
  it('are read, with three seeds and one control each', () => {
    for (const { name, arms, seeds, split } of read('kermany')) {
      expect({ name, seeds, split: split.method }).toEqual({ name, seeds: [1, 2, 3], split: 'patient' });
      expect(arms.filter(({ control }) => control)).toHaveLength(1);
    }
    expect(read('kermany').map(({ name }) => name.replace('kermany-', ''))).toEqual(
      expect.arrayContaining(['balance', 'clahe', 'gray-networks', 'size', 'three-classes']),
    );
  });
});
