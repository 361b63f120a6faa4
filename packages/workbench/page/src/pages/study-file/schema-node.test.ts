import { studyFileSchema } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldKind, newItem, type SchemaNode, withoutNull } from './schema-node.js';

const schema = z.toJSONSchema(studyFileSchema, { io: 'input', target: 'draft-7' }) as SchemaNode;
const at = (path: string): SchemaNode =>
  path.split('.').reduce((node, key) => {
    const inner = withoutNull(node).node;
    return (inner.properties ?? (inner.items as SchemaNode).properties)![key]!;
  }, schema);

describe('a field of the form', () => {
  it.each([
    ['dataset', 'section'],
    ['arms', 'list'],
    ['dataset.layout', 'choice'],
    ['dataset.followLinks', 'switch'],
    ['image.size', 'number'],
    ['name', 'text'],
    ['seeds', 'yaml'],
    ['model.layers', 'yaml'],
    ['factors', 'yaml'],
    ['arms.colour', 'yaml'],
    ['training.schedule', 'yaml'],
    ['balance.augmentation.zoom', 'yaml'],
  ])('%s is a %s', (path, kind) => expect(fieldKind(at(path)).kind).toBe(kind));

  it.each([
    ['arms.image', 'section'],
    ['arms.image.clahe', 'section'],
    ['arms.image.bits', 'number'],
    ['arms.image.invert', 'switch'],
    ['arms.balance.augmentation', 'section'],
    ['arms.training.schedule', 'yaml'],
    ['arms.labels', 'section'],
    ['arms.model.layers', 'yaml'],
    ['labels.flip', 'yaml'],
    ['image.window', 'yaml'],
    ['model.head', 'section'],
    ['model.learningRates', 'list'],
  ])('%s, which an arm may have otherwise or not at all, is a %s', (path, kind) =>
    expect(fieldKind(at(path)).kind).toBe(kind),
  );

  it('a key that an arm may take away says so', () => {
    expect(withoutNull(at('arms.image.clahe')).isNullable).toBe(true);
    expect(withoutNull(at('image.clahe')).isNullable).toBe(false);
  });

  it('offers the words that a value may be, also among others', () => {
    expect(fieldKind(at('arms.colour'))).toMatchObject({
      choices: ['none', 'repeat', 'smooth-random', 'gray', 'information'].slice(0, 3),
    });
    expect(fieldKind(at('training.optimizer'))).toMatchObject({ choices: expect.arrayContaining(['adam', 'sgd']) });
  });

  it.each([
    ['arms', { name: 'new-3' }],
    ['model.learningRates', { match: 'new-3', factor: 1 }],
  ])('a new item of %s has what it needs', (path, expected) => {
    expect(newItem(at(path).items as SchemaNode, 3)).toEqual(expected);
  });

  it('there is one for every key of a study file', () => {
    const kinds = (node: SchemaNode): readonly string[] => {
      const field = fieldKind(node);
      if (field.kind === 'section') return Object.values(field.properties).flatMap(kinds);
      return field.kind === 'list' ? kinds(field.item) : [field.kind];
    };
    expect(kinds(schema).length).toBeGreaterThan(50);
  });
});
