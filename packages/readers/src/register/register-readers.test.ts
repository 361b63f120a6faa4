import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { planHash } from '@chromaray/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { concludeReaders, readStudy } from '../conclude/conclude.js';
import { PageClient } from '../demo/page-client.js';
import { caseWord, type SmallChoices, SmallStudy, sickClass, wellClass } from '../reading-study.test-support.js';
import { registerReaders } from './register-readers.js';

let study: SmallStudy;
beforeEach(async () => {
  study = await SmallStudy.create();
});
afterEach(() => study.remove());

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const register = (choices: SmallChoices, checked = true) =>
  registerReaders(study.file(choices), { studies: study.studies, checked });

/** One reading, so that the lists are fixed. */
async function readOnce(choices: SmallChoices): Promise<void> {
  const server = await study.serve(study.file(choices));
  const client = await PageClient.open(server.links.get('R1')!);
  await client.takeSeat();
  const { picture } = await client.checkDisplay();
  await client.answer(picture!, 50);
  await server.stop();
}

describe('registering a reader study', () => {
  it('shows every picture first, and takes no statement that nobody can make yet', async () => {
    await expect(register({}, true)).rejects.toThrow(code('CHROMARAY_READERS_UNCHECKED'));
    expect(existsSync(study.paths.registration)).toBe(false);
    const page = readFileSync(study.paths.casesPage, 'utf8');
    expect(page.match(/<img /g)).toHaveLength(8 + 2);
    await expect(register({}, false)).rejects.toThrow(code('CHROMARAY_READERS_UNCHECKED'));
    const { registration } = await register({}, true);
    expect(registration.plan.cases).toMatchObject({ count: 8, positives: 4, training: 2, positive: sickClass });
    expect(registration.hash).toBe(planHash(registration.plan));
  });

  it('asks for another look when the cases change', async () => {
    await study.register();
    const changed = study.file({ more: `, leaveOut: ['${wellClass}/${caseWord}-${wellClass}-0.png']`, perClass: 4 });
    await expect(
      registerReaders(changed, { studies: study.studies, checked: true, amend: 'a better list' }),
    ).rejects.toThrow(code('CHROMARAY_READERS_UNCHECKED'));
  });

  it('keeps links to its owner, one a reader, and the same ones later', async () => {
    await study.register();
    const before = readFileSync(study.paths.links, 'utf8');
    if (process.platform !== 'win32') expect(statSync(study.paths.links).mode & 0o077).toBe(0);
    await study.register(study.file({ readers: '[R1, R2, R3]' }), 'a third reader');
    const after = JSON.parse(readFileSync(study.paths.links, 'utf8')) as { tokens: Record<string, string> };
    expect(after.tokens).toMatchObject((JSON.parse(before) as { tokens: object }).tokens);
    expect(new Set(Object.values(after.tokens)).size).toBe(3);
  });

  it('takes a change with a reason alone, and says how many readings there were', async () => {
    const choices = { training: 0 };
    await study.register(study.file(choices));
    const wider = { ...choices, design: '{ kind: crossed, washout: 7 }' };
    await expect(study.register(study.file(wider))).rejects.toThrow(/washout 28, now 7.*/);
    await study.register(study.file(wider), 'the ward closes');
    await readOnce(wider);
    const { registration } = await study.register(study.file(choices), 'it stays open');
    expect(registration.amendments.map(({ reason, readings }) => [reason, readings])).toEqual([
      ['the ward closes', 0],
      ['it stays open', 1],
    ]);
  });

  it.each([
    [
      'arms',
      { arms: '[{ name: Graustufenarm, control: true, colour: none }, { name: Turboarm, colour: { map: viridis } }]' },
    ],
    ['number of cases', { perClass: 3 }],
    ['readers taken away', { readers: '[R2]' }],
    ['sessions', { design: '{ kind: crossed, washout: 28, sessions: 4 }' }],
  ])('refuses after the first reading what would give readers other lists: %s', async (_, change) => {
    await study.register(study.file({ training: 0 }));
    await readOnce({ training: 0 });
    await expect(study.register(study.file({ training: 0, ...change }), 'better')).rejects.toThrow(
      code('CHROMARAY_READERS_FIXED'),
    );
  });

  it('withdraws cases after the first reading: they leave the lists, and the verdict is no longer valid', async () => {
    const choices = { training: 0, perClass: 4 };
    await study.register(study.file(choices));
    await readOnce(choices);
    const { study: opened } = readStudy(study.file(choices), study.studies);
    const name = opened.cases.cases[0]!.name;
    const less = study.file({ ...choices, more: `, leaveOut: ['${name}']` });
    await study.register(less, 'shows a name');
    const read = readStudy(less, study.studies);
    for (const { sessions } of read.study.lists.values()) {
      expect(sessions.flat()).toHaveLength(14);
      expect(sessions.flat().some(({ case: one }) => one.name === name)).toBe(false);
    }
    expect(() => concludeReaders(read)).toThrow(/CHROMARAY_MRMC|reader/);
  });

  it('names pictures that cannot be read, before anything is registered', async () => {
    writeFileSync(study.picture(sickClass, 0), 'no picture');
    await expect(register({})).rejects.toThrow(/cannot be read/);
    const bad = `${sickClass}/${caseWord}-${sickClass}-0.png`;
    await expect(register({ more: `, leaveOut: ['${bad}']` })).rejects.toThrow(code('CHROMARAY_READERS_UNCHECKED'));
  });

  it.each([
    ['too many cases', { perClass: 7 }, /6 cases of class .* fit the filter; 7 are needed/],
    ['none left for practice', { perClass: 6, training: 1 }, /left for practice/],
    ['an id that is not there', { more: ", leaveOut: ['no/such.png']" }, /has no "no\/such.png"/],
  ])('names what is wrong with the cases: %s', async (_, choices, said) => {
    await expect(register(choices)).rejects.toThrow(said);
  });
});
