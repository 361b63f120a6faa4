import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ErrorCode, errorAreas, errorTable } from '@chromaray/contracts/errors';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const places = [...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}`), 'bench'];
/** Do not import the table; the others throw errors through `codedError`, where a wrong code does not compile. */
const withoutTheTable = [...['base', 'evidence', 'imaging', 'engine'].map((name) => `packages/${name}`), 'bench'];
/** Variables of the environment, which look like codes. */
const variables =
  /^CHROMARAY_(SCREENSHOTS|HOME|CHILDREN|BROWSER|ONEDNN|ONNXRUNTIME_BINARY|RECORD_\w+|DICOMWEB_(TOKEN|USER|PASSWORD)|QUEUE(_CA)?|EXCHANGE_(TOKEN|TOKEN_FILE|CA))$/;

const faultType = /type \w+(?:Fault|Problem) =(?:\s*\|?\s*'[A-Z_]+')+;/g;

interface Source {
  readonly place: string;
  readonly file: string;
  readonly text: string;
  /** Without comments, and without types that list faults: what is left names a code only to throw or to know it. */
  readonly code: string;
}

/** The sources of a package, those of its web page included. */
function filesOf(place: string): readonly string[] {
  return ['src', 'page/src']
    .filter((folder) => existsSync(path.join(root, place, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, place, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.posix.join(place, folder, file.split(path.sep).join('/')),
      ),
    );
}

const sources: readonly Source[] = places.flatMap((place) =>
  filesOf(place)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test(-support)?\.tsx?$/.test(file))
    .filter((file) => !file.startsWith('packages/contracts/src/errors/areas/'))
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return { place, file, text, code: text.replace(/\/\*[\s\S]*?\*\/|(?<=\s)\/\/.*/g, '').replace(faultType, '') };
    }),
);

const table: readonly string[] = Object.keys(errorTable);

/** Areas whose codes a file composes, `CHROMARAY_ZIP_${fault}`. */
function composed({ text }: Source): readonly string[] {
  return [...text.matchAll(/`(CHROMARAY_[A-Z_]+_)\$\{/g)].map(([, area]) => area!);
}

function named(text: string): readonly string[] {
  return [...text.matchAll(/\bCHROMARAY_[A-Z0-9_]*[A-Z0-9]\b(?!\$)/g)].map(([code]) => code);
}

/** Codes that a source can throw. */
function thrown(source: Source): readonly string[] {
  const words = sources
    .filter(({ place }) => place === source.place)
    .flatMap(({ code }) => [...code.matchAll(/'([A-Z_]+)'/g)].map(([, word]) => word!));
  return [...named(source.code), ...composed(source).flatMap((area) => words.map((word) => `${area}${word}`))];
}

describe('the table of errors', () => {
  it('has every code that a source, a test or a page names', () => {
    const strangers = sources.flatMap(({ file, text }) =>
      named(text)
        .filter((code) => !table.includes(code) && !variables.test(code))
        .map((code) => `${file}: ${code}`),
    );
    const pages = readdirSync(path.join(root, 'docs')).filter((file) => file.endsWith('.md'));
    const onPages = pages.flatMap((page) =>
      named(readFileSync(path.join(root, 'docs', page), 'utf8'))
        .filter((code) => !table.includes(code) && !variables.test(code))
        .map((code) => `docs/${page}: ${code}`),
    );
    expect([...strangers, ...onPages]).toEqual([]);
  });

  it('has every fault that a package below it composes a code of', () => {
    const strangers = sources.flatMap((source) => {
      const faults = [...source.text.matchAll(faultType)].flatMap(([type]) => [...type.matchAll(/'([A-Z_]+)'/g)]);
      const codes = composed(source).flatMap((area) => faults.map(([, fault]) => `${area}${fault}`));
      return codes.filter((code) => !table.includes(code)).map((code) => `${source.file}: ${code}`);
    });
    expect(strangers).toEqual([]);
  });

  it('has no code that nothing throws', () => {
    const known = new Set(sources.flatMap(thrown));
    expect(table.filter((code) => !known.has(code))).toEqual([]);
  });

  it('is what every package that may import it throws errors by', () => {
    const around = sources
      .filter(({ place, file }) => !withoutTheTable.includes(place) && !file.endsWith('errors/coded-error.ts'))
      .filter(({ code }) => code.includes('new ChromarayError('));
    expect(around.map(({ file }) => file)).toEqual([]);
  });

  it('has every code in exactly one chapter, in whole sentences', () => {
    expect(errorAreas.flatMap(({ errors }) => Object.keys(errors)).sort()).toEqual([...table].sort());
    for (const code of table) {
      const { meaning, remedy, advice } = { remedy: '', advice: '', ...errorTable[code as ErrorCode] };
      for (const sentence of [meaning, remedy || advice]) expect(sentence, code).toMatch(/^[A-Z`"].*\.$/s);
    }
  });
});
