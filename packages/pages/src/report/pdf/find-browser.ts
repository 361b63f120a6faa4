import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { codedError } from '@chromaray/contracts/errors';

/** Names of the environment variable's program and of those that are looked for on the search path. */
export const browserVariable = 'CHROMARAY_BROWSER';
const onPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const elsewhere: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * A browser of the Chromium family: the one that `CHROMARAY_BROWSER` names, or the first found on the search path or
 * where the system keeps programs.
 *
 * @returns its program; undefined where there is none
 * @throws ChromarayError `CHROMARAY_PDF_BROWSER` when the variable names a program that cannot be run
 */
export function findBrowser(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const named = environment[browserVariable];
  if (named !== undefined && named !== '') {
    if (runs(named)) return named;
    throw codedError('CHROMARAY_PDF_BROWSER', {
      message: `${browserVariable} names "${named}", which is no program that can be run.`,
      remedy: `Set ${browserVariable} to the program of Chromium, Chrome or Edge, or unset it to have one looked for.`,
      details: { named },
    });
  }
  const folders = (environment.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const ending = platform === 'win32' ? '.exe' : '';
  const candidates = [
    ...onPath.flatMap((name) => folders.map((folder) => path.join(folder, name + ending))),
    ...(environment.PATH === undefined ? [] : (elsewhere[platform] ?? [])),
  ];
  return candidates.find(runs);
}

/** The same, or the error that says how to get one. @throws ChromarayError `CHROMARAY_PDF_BROWSER` */
export function requireBrowser(environment?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string {
  const found = findBrowser(environment, platform);
  if (found !== undefined) return found;
  throw codedError('CHROMARAY_PDF_BROWSER', {
    message: 'A PDF is printed by a browser of the Chromium family, and none was found.',
    remedy:
      'Install Chromium, Chrome or Edge (Debian and Ubuntu: `apt-get install chromium`; macOS: `brew install --cask chromium`), ' +
      `or set ${browserVariable} to its program. Or open report.html in any browser and print it from there.`,
    details: { lookedFor: onPath },
  });
}

function runs(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
