import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DicomWebClient } from './client.js';
import { authorizationFrom } from './credentials.js';
import { archive, serve } from './faulty-server.test-support.js';
import { importStudies } from './import-studies.js';
import { addToInstanceList } from './instance-list.js';
import { readParts, writeParts } from './multipart.js';
import { sendColourised } from './send-colourised.js';

const file = smallRadiograph({ patient: 'P', seed: 1 });
const message = writeParts([file]);
const quick = { retryDelay: 1, attempts: 3 };

/** A folder to import into, and a salt beside it. */
function target(): { readonly output: string; readonly saltFile: string } {
  const folder = new TemporaryFolder();
  onTestFinished(() => folder.remove());
  return { output: path.join(folder.path, 'out'), saltFile: path.join(folder.path, 'salt') };
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.dcm'));

const importFrom = (url: string, options = {}) =>
  importStudies({ server: { url, ...quick, ...options }, ...target(), filter: {}, concurrency: 1 });
const fault = (what: string, words = /\S/) =>
  expect.objectContaining({
    code: `CHROMARAY_DICOMWEB_${what}`,
    message: expect.stringMatching(words),
    remedy: expect.stringMatching(/\S/),
  });

describe('a server that', () => {
  it('asks for credentials is asked once', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(401).end();
    });
    await expect(importFrom(url)).rejects.toEqual(fault('UNAUTHORISED', /status 401/));
    expect(requests).toBe(1);
  });

  it('fails every time is given up after a few attempts', async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests++;
      response.writeHead(500).end('stack trace with a name');
    });
    await expect(importFrom(url)).rejects.toEqual(fault('SERVER', /status 500/));
    expect(requests).toBe(3);
  });

  it('fails at first is asked again', async () => {
    let failures = 2;
    const good = archive(['1.1'], (_, response) => {
      if (failures-- > 0) return response.writeHead(503, { 'retry-after': '0' }).end();
      return response.setHeader('content-type', message.contentType).end(message.body);
    });
    expect((await importFrom(await serve(good))).written).toHaveLength(1);
  });

  it('cuts one object in the middle loses that one, and the others arrive', async () => {
    const url = await serve(
      archive(['1.1', '1.2', '1.3'], (uid, response) => {
        response.setHeader('content-type', message.contentType);
        if (uid !== '1.2') return response.end(message.body);
        response.setHeader('content-length', message.body.length);
        return response.write(message.body.subarray(0, 400), () => response.destroy());
      }),
    );
    const place = target();
    const result = await importStudies({ server: { url, ...quick }, ...place, filter: {} });
    expect(result.written).toHaveLength(2);
    expect(result.failed).toMatchObject([{ instance: '1.2', code: 'CHROMARAY_DICOMWEB_CUT' }]);
    expect(filesIn(place.output)).toHaveLength(2);
    expect(readFileSync(path.join(place.output, 'instances.csv'), 'utf8')).not.toContain('1.2.3.4,1.2\n');
  });

  it('ends a message without its last boundary is caught', async () => {
    const url = await serve(
      archive(['1.1'], (_, response) => {
        response.setHeader('content-type', message.contentType);
        response.end(message.body.subarray(0, message.body.length - 60));
      }),
    );
    expect((await importFrom(url)).failed).toMatchObject([{ code: 'CHROMARAY_DICOMWEB_CUT' }]);
  });

  it('sends a web page where objects or lists should be', async () => {
    const page = await serve((_, response) => response.setHeader('content-type', 'text/html').end('<html>Welcome'));
    await expect(importFrom(page)).rejects.toEqual(fault('MALFORMED', /JSON/));
    const objects = await serve(
      archive(['1.1'], (_, response) => response.setHeader('content-type', 'text/html').end('x')),
    );
    expect((await importFrom(objects)).failed).toMatchObject([{ code: 'CHROMARAY_DICOMWEB_MALFORMED' }]);
  });

  it('sends a path for a UID writes nowhere', async () => {
    const url = await serve(archive(['../../evil'], (_, response) => response.end()));
    await expect(importFrom(url)).rejects.toEqual(fault('MALFORMED', /UID/));
  });

  it('sends the same page for ever is left', async () => {
    const uids = Array.from({ length: 200 }, (_, i) => `1.${i}`);
    const url = await serve(
      archive(uids, (_, response) => response.setHeader('content-type', message.contentType).end(message.body)),
    );
    expect((await importFrom(url)).written).toHaveLength(200);
  });

  it('does not answer is left after the time given', async () => {
    const url = await serve(() => {});
    await expect(importFrom(url, { timeout: 60, attempts: 1 })).rejects.toEqual(fault('TIMEOUT'));
  });

  it('is not there', async () => {
    await expect(importFrom('http://127.0.0.1:9/dicom-web')).rejects.toEqual(fault('UNREACHABLE'));
  });

  it('knows nothing of DICOMweb', async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    await expect(importFrom(url)).rejects.toEqual(fault('NOT_FOUND', /dicom-web\/studies/));
  });

  it('rejects an object says so', async () => {
    const url = await serve((request, response) => {
      request.resume().on('end', () => {
        const failed = { '00081155': { Value: ['1.2'] }, '00081197': { Value: [272] } };
        response.writeHead(409, { 'content-type': 'application/dicom+json' });
        response.end(JSON.stringify({ '00081198': { Value: [failed] } }));
      });
    });
    const folder = new TemporaryFolder();
    onTestFinished(() => folder.remove());
    const colouring = {
      name: 'gray',
      apply: ({ width, height, data }: { width: number; height: number; data: Uint8Array }) => ({
        width,
        height,
        data,
        channels: 1 as const,
      }),
    };
    const result = await sendColourised({
      server: { url, ...quick },
      inputs: [folder.write('a.dcm', file)],
      colouring,
    });
    expect(result).toMatchObject({ sent: [], failed: [{ code: 'CHROMARAY_DICOMWEB_REJECTED' }] });
  });
});

describe('the list of instances', () => {
  it('keeps what somebody added to it, and gets new rows only', () => {
    const folder = new TemporaryFolder();
    onTestFinished(() => folder.remove());
    const list = folder.write('instances.csv', 'path,study,series,instance,label\na.dcm,1.2,1.3,1.4,NORMAL\n');
    const known = { file: 'a.dcm', study: '1.2', series: '1.3', instance: '1.4' };
    addToInstanceList(folder.path, [known, { ...known, file: 'b.dcm', instance: '1.5' }]);
    expect(readFileSync(list, 'utf8')).toBe(
      'path,study,series,instance,label\na.dcm,1.2,1.3,1.4,NORMAL\nb.dcm,1.2,1.3,1.5,\n',
    );
  });
});

describe('stopping', () => {
  it('ends with the signal’s reason and keeps what has arrived', async () => {
    const controller = new AbortController();
    const url = await serve(
      archive(['1.1', '1.2', '1.3'], (uid, response) => {
        if (uid === '1.2') controller.abort(new Error('enough'));
        response.setHeader('content-type', message.contentType).end(message.body);
      }),
    );
    const place = target();
    const running = importStudies({
      server: { url, signal: controller.signal },
      ...place,
      filter: {},
      concurrency: 1,
    });
    await expect(running).rejects.toThrow('enough');
    expect(filesIn(place.output)).toHaveLength(1);
  });
});

describe('addresses and credentials', () => {
  it.each([
    ['no address', 'URL'],
    ['ftp://host/x', 'URL'],
    ['https://host/x?PatientID=1', 'URL'],
    ['https://user:word@host/x', 'CREDENTIALS'],
    ['http://archive.example/dicom-web', 'INSECURE'],
  ])('refuses %s', (url, what) => {
    expect(() => new DicomWebClient({ url })).toThrowError(fault(what));
  });

  it('takes http elsewhere only when told to', () => {
    expect(() => new DicomWebClient({ url: 'http://archive.example/dicom-web', allowHttp: true })).not.toThrow();
  });

  it('reads credentials from the environment, whole or not at all', () => {
    expect(authorizationFrom({})).toBeUndefined();
    expect(authorizationFrom({ CHROMARAY_DICOMWEB_TOKEN: 'abc.def==' })).toBe('Bearer abc.def==');
    expect(authorizationFrom({ CHROMARAY_DICOMWEB_USER: 'ü', CHROMARAY_DICOMWEB_PASSWORD: 'x:y' })).toBe(
      'Basic w7w6eDp5',
    );
    for (const wrong of [
      { CHROMARAY_DICOMWEB_USER: 'u' },
      { CHROMARAY_DICOMWEB_PASSWORD: 'p' },
      { CHROMARAY_DICOMWEB_TOKEN: 'a b' },
      { CHROMARAY_DICOMWEB_TOKEN: 't', CHROMARAY_DICOMWEB_USER: 'u', CHROMARAY_DICOMWEB_PASSWORD: 'p' },
    ]) {
      expect(() => authorizationFrom(wrong)).toThrowError(fault('CREDENTIALS'));
    }
  });
});

describe('multipart messages', () => {
  it('give back what was put in', () => {
    const files = [file, Buffer.from('\r\n\r\nodd --chromaray'), Buffer.alloc(0)];
    const { contentType, body } = writeParts(files);
    expect(readParts('test', contentType, body).map((part) => Buffer.from(part))).toEqual(
      files.map((part) => Buffer.from(part)),
    );
  });

  it.each(['multipart/related', 'text/html; boundary=x'])('need a boundary: %s', (type) => {
    expect(() => readParts('test', type, Buffer.from('--x--'))).toThrowError(fault('MALFORMED'));
  });
});
