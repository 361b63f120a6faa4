import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import { readJson, readQuery } from './answers/read-json.js';
import { receiveFile } from './answers/receive-file.js';
import { Roots } from './roots/roots.js';
import { type LocalServer, type ServeOptions, serveLocal } from './serve-local.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks as it is written: `fetch` would tidy the path and choose headers of its own. */
export function askRaw(
  origin: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export const page = '<!doctype html><title>Page</title>';

/** A server with a page, a file reader, a command and an upload, in a folder of its own. */
export class TestServer {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'chromaray-web-'));
  readonly root = path.join(this.folder, 'root');
  readonly defects: unknown[] = [];
  server!: LocalServer;

  static async start(options: Partial<ServeOptions> = {}, more: (api: Hono) => void = () => {}): Promise<TestServer> {
    const test = new TestServer();
    mkdirSync(path.join(test.folder, 'page/assets'), { recursive: true });
    mkdirSync(test.root);
    writeFileSync(path.join(test.folder, 'page/index.html'), page);
    writeFileSync(path.join(test.folder, 'page/assets/main-0a1b2c3d.js'), 'run()');
    writeFileSync(path.join(test.folder, 'page/favicon.svg'), '<svg/>');
    writeFileSync(path.join(test.folder, 'secret.txt'), 'secret');
    writeFileSync(path.join(test.root, 'open.txt'), 'open');
    const roots = new Roots([test.root]);
    const api = new Hono();
    api.get('/file', (context) => {
      const { name } = readQuery(context.req.raw, z.strictObject({ name: z.string() }));
      return context.text(`inside ${path.relative(roots.folders[0]!, roots.resolve(name))}`);
    });
    api.get('/file/:name{.+}', (context) => context.text(`inside ${roots.resolve(context.req.param('name'))}`));
    api.post('/command', async (context) =>
      context.json(await readJson(context.req.raw, z.strictObject({ seeds: z.number().int().min(1) }))),
    );
    api.post('/upload', async (context) => {
      await receiveFile(context.req.raw, path.join(test.root, 'upload'));
      return context.json({ done: true });
    });
    api.get('/defect', () => {
      throw new Error('a patient is named here');
    });
    more(api);
    test.server = await serveLocal({
      api,
      assets: path.join(test.folder, 'page'),
      bodyLimits: { '/api/upload': 4_000_000 },
      onDefect: (error) => test.defects.push(error),
      ...options,
    });
    return test;
  }

  /** As a script that holds the token. */
  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return askRaw(this.server.origin, path, {
      ...asked,
      headers: { Authorization: `Bearer ${this.server.token}`, ...asked.headers },
    });
  }

  /** As a page that the server's cookie lets in. */
  async askAsPage(path: string, asked: Asked = {}): Promise<Answer> {
    return askRaw(this.server.origin, path, {
      ...asked,
      headers: { Cookie: await this.cookie(), 'Sec-Fetch-Site': 'same-origin', ...asked.headers },
    });
  }

  async cookie(): Promise<string> {
    const { headers } = await askRaw(this.server.origin, `/?token=${this.server.token}`);
    return headers['set-cookie']![0]!.split(';')[0]!;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true });
  }
}
