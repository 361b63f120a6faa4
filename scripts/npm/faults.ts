import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What every published package says of itself besides what npm wants. */
const required = ['description', 'license', 'repository', 'publishConfig', 'engines', 'files', 'exports'];

/** Files that no package may hold: leftovers of the build, sources, and maps to files that are not published. */
const unwanted = /\.(tsbuildinfo|map)$|\.test\.|\.test-support\.|(?<!\.d)\.ts$/;

/**
 * What is wrong with a staged package, in sentences; none when it can be published.
 *
 * @param names of the packages of this repository that are not published: no import and no declaration may name one
 */
export async function faultsOf(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !file.startsWith('node_modules/'));
  const code = files.filter((file) => /^dist\/.*\.(js|ts)$/.test(file));
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  return [
    ...required.filter((key) => !(key in manifest)).map((key) => `package.json has no ${key}`),
    ...['LICENSE', 'README.md'].filter((name) => !existsSync(path.join(folder, name))).map((name) => `no ${name}`),
    ...files.filter((file) => unwanted.test(file)).map((file) => `${file} is not to be published`),
    ...(JSON.stringify(manifest.exports).includes('chromaray-source') ? ['exports name sources'] : []),
    ...code.flatMap((file) => namesPrivate(readFileSync(path.join(folder, file), 'utf8'), file, names)),
    ...messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code),
  ];
}

function namesPrivate(text: string, file: string, names: readonly string[]): readonly string[] {
  const named = names.filter((name) => new RegExp(`['"]${name}['"/]`).test(text));
  const map = /\/\/# sourceMappingURL=/.test(text) ? [`${file} names a source map`] : [];
  return [...named.map((name) => `${file} imports ${name}, which is not published`), ...map];
}
