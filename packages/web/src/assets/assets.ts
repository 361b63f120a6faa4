import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** A name that holds a hash of the content, as the page's build writes it: the content under it never changes. */
const hashed = /-[\w-]{8,}\.\w+$/;

/**
 * The built files of a page. They are listed once, and only what is listed is served, so no address leads elsewhere.
 */
export class Assets {
  private readonly files: ReadonlyMap<string, string>;

  /** @throws ChromarayError `CHROMARAY_WEB_ASSETS` where the folder holds no index.html */
  constructor(private readonly folder: string) {
    this.files = new Map(listed(folder).map((name) => [`/${name.split(path.sep).join('/')}`, path.join(folder, name)]));
    if (this.files.has('/index.html')) return;
    throw codedError('CHROMARAY_WEB_ASSETS', {
      message: `${folder} holds no page (index.html).`,
      remedy: 'Install the package again; in a clone of the repository, run `npm run build`.',
    });
  }

  /** A file by its address, or undefined. */
  async file(address: string): Promise<Response | undefined> {
    const file = this.files.get(address);
    return file === undefined ? undefined : answer(file);
  }

  /** The page itself, which finds out what to show from the address. */
  page(): Promise<Response> {
    return answer(path.join(this.folder, 'index.html'));
  }
}

async function answer(file: string): Promise<Response> {
  const bytes = await readRegularFile(file);
  const headers: Record<string, string> = { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' };
  if (hashed.test(file)) headers['Cache-Control'] = 'private, max-age=31536000, immutable';
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}
