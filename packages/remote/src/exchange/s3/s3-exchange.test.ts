import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conforms, noise } from '../conformance.test-support.js';
import { bytesContent } from '../objects/content.js';
import { openExchange } from '../open-exchange.js';
import { s3Exchange } from './s3-exchange.js';
import { writeInParts } from './s3-parts.js';
import { S3Store, signature } from './s3-store.test-support.js';

const never = new AbortController().signal;

conforms('an S3-like store', async () => {
  const store = new S3Store();
  const place = { endpoint: await store.start(), bucket: 'trials', ...store.credentials };
  return {
    exchange: s3Exchange({ ...place, prefix: 'lab/one', patience: 0 }),
    spoil: (key) => {
      const { bytes } = store.objects.get(`lab/one/${key}`)!;
      bytes[bytes.length >> 1]! ^= 4;
    },
    stop: () => store.stop(),
  };
});

describe('an S3-like store', () => {
  const store = new S3Store();
  let endpoint: string;
  beforeAll(async () => {
    endpoint = await store.start();
  });
  afterAll(() => store.stop());
  const place = (changes = {}) => ({ endpoint, bucket: 'trials', ...store.credentials, patience: 0, ...changes });

  it('is judged by the signature that its definition gives as an example', () => {
    // "GET Object" of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    const example = signature({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
      method: 'GET',
      url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-amz-date': '20130524T000000Z',
      },
    });
    expect(example.split('Signature=')[1]).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });

  it.each([
    ['keys', { secretAccessKey: 'another' }, 'CHROMARAY_EXCHANGE_REFUSED'],
    ['bucket', { bucket: 'elsewhere' }, 'CHROMARAY_EXCHANGE_ADDRESS'],
  ])('that does not know the %s is told apart', async (_, changes, code) => {
    await expect(s3Exchange(place(changes)).check(never)).rejects.toMatchObject({ code });
  });

  it('without conditional writes is refused before anything is trained', async () => {
    store.ignoresConditions = true;
    await expect(s3Exchange(place()).check(never)).rejects.toMatchObject({ code: 'CHROMARAY_EXCHANGE_STORE' });
    store.ignoresConditions = false;
    await s3Exchange(place()).check(never);
    expect([...store.objects.keys()]).toEqual([]);
  });

  it('takes a large object in parts, once', async () => {
    const content = noise(1_000_001, 5);
    const write = () => writeInParts(place(), 'blobs/large', bytesContent(content), true, never, 300_000);
    expect(await write()).toBe(true);
    expect(store.objects.get('blobs/large')!.bytes.equals(content)).toBe(true);
    expect(await write()).toBe(false);
    expect(store.unfinished.size).toBe(0);
  });

  it('keeps nothing of parts that are not what was stated', async () => {
    const wrong = { ...bytesContent(noise(700_000, 6)), sha256: 'a'.repeat(64) };
    await expect(writeInParts(place(), 'blobs/wrong', wrong, true, never, 300_000)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_DAMAGED',
    });
    expect([store.objects.has('blobs/wrong'), store.unfinished.size]).toEqual([false, 0]);
  });

  it('is found by its address and the usual variables', async () => {
    const { accessKeyId, secretAccessKey, region } = store.credentials;
    const variables = {
      ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: region },
      AWS_ENDPOINT_URL_S3: endpoint,
    };
    const exchange = openExchange('s3://trials/lab/', {}, variables);
    expect(exchange.address).toBe('s3://trials/lab');
    await exchange.check(never);
    for (const address of ['s3://', 's3://UPPER', 's3://trials/../x', 'ftp://host/', ''])
      expect(() => openExchange(address, {}, variables)).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_EXCHANGE_ADDRESS' }),
      );
    expect(() => openExchange('s3://trials', {}, {})).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EXCHANGE_REFUSED' }),
    );
  });
});
