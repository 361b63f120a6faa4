import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyColourTable, colourTable, decodeDicom } from '@chromaray/imaging';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DicomWebClient } from './client.js';
import { importStudies } from './import-studies.js';
import { isOrthancInstalled, Orthanc } from './orthanc.test-support.js';
import { sendColourised } from './send-colourised.js';
import type { DicomWebServer } from './server.js';

const turbo = colourTable('turbo');
const colouring = {
  name: 'colour map turbo',
  apply: (gray: Parameters<typeof applyColourTable>[0]) => applyColourTable(gray, turbo),
};

describe.skipIf(!isOrthancInstalled)(
  'with a real Orthanc (skipped where orthanc and orthanc-dicomweb are not installed)',
  () => {
    let orthanc: Orthanc;
    let server: DicomWebServer;
    let folder: TemporaryFolder;
    let saltFile: string;
    const originals = [1, 2, 3].map((seed) => smallRadiograph({ patient: `P${seed}`, view: 'PA', seed }));

    beforeAll(async () => {
      orthanc = await Orthanc.start();
      folder = new TemporaryFolder();
      saltFile = path.join(folder.path, 'salt');
      server = { url: orthanc.url, authorization: Orthanc.authorization, retryDelay: 10 };
      expect(await new DicomWebClient(server).store(originals)).toEqual([]);
    });
    afterAll(async () => {
      folder?.remove();
      await orthanc?.stop();
    });

    it('stores, finds and fetches radiographs as they were', async () => {
      const output = path.join(folder.path, 'all');
      const marks: number[] = [];
      const result = await importStudies({
        server,
        saltFile,
        output,
        filter: {},
        onProgress: ({ done }) => marks.push(done),
      });
      expect(result).toMatchObject({ studies: 3, present: 0, failed: [] });
      expect(result.written).toHaveLength(3);
      expect(marks).toEqual([0, 1, 2, 3]);
      for (const [i, file] of result.written.entries()) {
        expect(file).toMatch(/^p-[0-9a-f]{16}.p-[0-9a-f]{16}\.dcm$/);
        const fetched = await decodeDicom(path.join(output, file));
        expect(fetched.image).toEqual((await decodeDicom(originals[i]!)).image);
      }
      const list = readFileSync(path.join(output, 'instances.csv'), 'utf8').trim().split('\n');
      expect(list).toEqual([
        'path,study,series,instance',
        ...result.written.map((file, i) => `${file},2.25.2000${i + 1},2.25.3000${i + 1},2.25.1000${i + 1}`),
      ]);
      expect(statSync(output).mode & 0o777).toBe(0o700);
    });

    it('goes on where an interrupted import stopped', async () => {
      const output = path.join(folder.path, 'resumed');
      const { written } = await importStudies({ server, saltFile, output, filter: {} });
      rmSync(path.join(output, written[1]!));
      const again = await importStudies({ server, saltFile, output, filter: {} });
      expect(again).toMatchObject({ present: 2, written: [written[1]] });
    });

    it('imports only what was asked for', async () => {
      const one = { server, saltFile, output: path.join(folder.path, 'one'), filter: { studies: ['2.25.20002'] } };
      expect((await importStudies(one)).written).toHaveLength(1);
      const nothing = importStudies({ ...one, modalities: ['CT'] });
      await expect(nothing).rejects.toMatchObject({ code: 'CHROMARAY_DICOMWEB_NOTHING_FOUND' });
    });

    it('does not let in who has no password', async () => {
      const output = path.join(folder.path, 'stranger');
      const stranger = importStudies({ server: { ...server, authorization: undefined }, saltFile, output, filter: {} });
      await expect(stranger).rejects.toMatchObject({ code: 'CHROMARAY_DICOMWEB_UNAUTHORISED' });
    });

    it('sends colourised objects that refer to their source, once', async () => {
      const input = path.join(folder.path, 'to-send');
      await importStudies({ server, saltFile, output: input, filter: { studies: ['2.25.20001', '2.25.20003'] } });
      writeFileSync(path.join(input, 'notes.txt'), 'no radiograph');
      writeFileSync(path.join(input, 'cut.dcm'), originals[0]!.subarray(0, 300));
      const first = await sendColourised({ server, inputs: [input], colouring });
      expect(first.sent).toHaveLength(2);
      expect(first.failed).toMatchObject([{ file: path.join(input, 'cut.dcm'), code: 'CHROMARAY_DICOM_TRUNCATED' }]);
      const second = await sendColourised({ server, inputs: [input], colouring });
      expect(second.sent).toEqual(first.sent);

      const instances = (await orthanc.ask('/instances')) as string[];
      expect(instances).toHaveLength(5);
      const tags = await Promise.all(
        instances.map(async (id) => (await orthanc.ask(`/instances/${id}/simplified-tags`)) as Record<string, unknown>),
      );
      const derived = tags.filter(({ Modality }) => Modality === 'OT');
      expect(derived).toHaveLength(2);
      expect(derived.find(({ StudyInstanceUID }) => StudyInstanceUID === '2.25.20001')).toMatchObject({
        PatientID: 'P1',
        PatientName: 'Secretname^Jane',
        ImageType: 'DERIVED\\SECONDARY',
        PhotometricInterpretation: 'RGB',
        BurnedInAnnotation: 'NO',
        SeriesDescription: 'Chromaray colour map turbo (research use only)',
        DerivationDescription: expect.stringContaining('Research use only'),
        SourceImageSequence: [expect.objectContaining({ ReferencedSOPInstanceUID: '2.25.10001' })],
      });
    });

    it('sends the pixels that the colours give', async () => {
      const { image } = await decodeDicom(originals[1]!);
      const file = path.join(folder.path, 'single.dcm');
      writeFileSync(file, originals[1]!);
      const { sent } = await sendColourised({ server, inputs: [file], colouring });
      const [id] = await found(sent[0]!.sopInstanceUid);
      const raw = await fetch(new URL(`/instances/${id}/frames/0/raw`, server.url), {
        headers: { authorization: Orthanc.authorization },
      });
      expect([...new Uint8Array(await raw.arrayBuffer())]).toEqual([...applyColourTable(image, turbo).data]);
    });

    async function found(uid: string): Promise<readonly string[]> {
      const instances = (await orthanc.ask('/instances')) as string[];
      const matching = await Promise.all(
        instances.map(async (id) => {
          const tags = (await orthanc.ask(`/instances/${id}/simplified-tags`)) as { SOPInstanceUID: string };
          return tags.SOPInstanceUID === uid ? [id] : [];
        }),
      );
      return matching.flat();
    }

    it('leaves no file half written', () => {
      const names = readdirSync(folder.path, { recursive: true }).map(String);
      expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
      for (const name of names.filter((file) => file.endsWith('.dcm') && !file.includes('cut'))) {
        expect(readFileSync(path.join(folder.path, name)).subarray(128, 132).toString()).toBe('DICM');
      }
    });
  },
);
