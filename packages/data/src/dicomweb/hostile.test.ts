import { gzipSync } from 'node:zlib';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { describe, expect, it } from 'vitest';
import { DicomWebClient } from './client.js';
import { serve } from './faulty-server.test-support.js';
import { send } from './request.js';

const quick = { retryDelay: 1, attempts: 2 };
const get = { method: 'GET', accept: 'application/dicom+json' } as const;
const ask = (url: string, options = {}) => send({ url, ...quick, ...options }, url, get);
const fault = (code: string, words: RegExp) => ({
  code: `CHROMARAY_DICOMWEB_${code}`,
  message: expect.stringMatching(words),
});

describe('redirections', () => {
  it.each([301, 302, 303, 307, 308])(
    '%i to another server is refused, and that server hears nothing',
    async (status) => {
      let heard = 0;
      const other = await serve((_, response) => {
        heard += 1;
        response.end('[]');
      });
      const url = await serve((_, response) => response.writeHead(status, { location: other }).end());
      const server = { url, ...quick, authorization: 'Bearer secret' as never };
      await expect(send(server, url, get)).rejects.toMatchObject(fault('REFUSED', /another server/));
      await expect(
        new DicomWebClient(server).store([smallRadiograph({ patient: 'P', seed: 1 })]),
      ).rejects.toMatchObject(fault('REFUSED', /another server/));
      expect(heard).toBe(0);
    },
  );

  it('on the same server a GET is followed, and a POST where its content is kept', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const status = Number(/^\/dicom-web\/studies\/?(\d+)?$/.exec(request.url!)?.[1] ?? 0);
      if (request.url === '/dicom-web') response.writeHead(302, { location: '/moved' }).end();
      else if (request.url === '/dicom-web/studies') response.writeHead(308, { location: '/kept' }).end();
      else if (status > 0) response.writeHead(status, { location: '/lost' }).end();
      else {
        let length = 0;
        request.on('data', (chunk: Buffer) => {
          length += chunk.length;
        });
        request.on('end', () => response.end(request.method === 'POST' ? `{"length":[${length}]}` : '[]'));
      }
    });
    expect(Buffer.from((await ask(url)).body).toString()).toBe('[]');
    const body = new Uint8Array(1000);
    const post = (route: string) => send({ url, ...quick }, url + route, { ...get, method: 'POST', body });
    expect(Buffer.from((await post('/studies')).body).toString()).toContain('1000');
    await expect(post('/studies/303')).rejects.toMatchObject(fault('REFUSED', /without its content/));
    expect(seen).toContain('POST /kept');
    expect(seen).not.toContain('GET /lost');
  });

  it('in a circle, or to nowhere, end', async () => {
    const circle = await serve((request, response) => response.writeHead(302, { location: request.url! }).end());
    await expect(ask(circle)).rejects.toMatchObject(fault('REFUSED', /more than 3 times/));
    const nowhere = await serve((_, response) => response.writeHead(302).end());
    await expect(ask(nowhere)).rejects.toMatchObject(fault('MALFORMED', /no address/));
  });
});

describe('answers without end', () => {
  const endless = (status: number) =>
    serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/dicom+json' });
      const block = Buffer.alloc(2 ** 20, 0x20);
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
    });

  it('a body is read up to the bytes permitted, packed or not', async () => {
    await expect(ask(await endless(200))).rejects.toMatchObject(fault('MALFORMED', /more than 67108864 bytes/));
    const bomb = gzipSync(Buffer.alloc(2 ** 27));
    const packed = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    await expect(ask(packed)).rejects.toMatchObject(fault('MALFORMED', /more than 67108864 bytes/));
  });

  it('an endless error page is not read', async () => {
    await expect(ask(await endless(404))).rejects.toMatchObject(fault('NOT_FOUND', /404/));
  });

  it('a server that drips is given up after the time permitted', async () => {
    const drip = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    await expect(ask(drip, { timeout: 300, attempts: 1 })).rejects.toMatchObject(fault('TIMEOUT', /0\.3 s/));
  });

  it('a wish to be left alone for days is not granted: waiting ends with the signal, and is bounded', async () => {
    const url = await serve((_, response) => response.writeHead(503, { 'retry-after': '999999' }).end());
    const started = performance.now();
    await expect(ask(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
