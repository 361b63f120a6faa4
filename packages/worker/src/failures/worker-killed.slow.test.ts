import { sha256 } from '@chromaray/base';
import { type ExchangeServer, serveExchange } from '@chromaray/remote';
import { type HoldingPoint, HoldingProxy } from '@chromaray/testing/holding-proxy';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueueLab } from '../queue-lab.test-support.js';

const token = sha256('a token of this laboratory').slice(0, 48);
const skipped = redisMissing === undefined ? '' : ` (${redisMissing})`;

describe(`a worker killed${skipped}`, { timeout: 300_000 }, () => {
  const lab = new QueueLab(redisMissing, () => testRedis());
  let server: ExchangeServer;
  let proxy: HoldingProxy;
  beforeAll(async () => {
    server = await serveExchange({ folder: lab.exchangeFolder, token, onDefect: (error) => console.error(error) });
    proxy = await HoldingProxy.to(server.address);
  });
  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  it.skipIf(redisMissing).each<[when: string, request: RegExp, at: HoldingPoint]>([
    ['while it fetches the task', /^GET .*\/blobs\//, 'in the answer'],
    ['while it fetches a pack', /^GET .*\/blobs\//, 'in the answer'],
    ['while it puts a checkpoint away', /^PUT .*\/checkpoints\//, 'in the request'],
    ['while it sends the network', /^PUT .*\/blobs\//, 'in the request'],
    ['while it publishes the result', /^PUT .*\/result\?/, 'in the request'],
    ['after it published, before it tells the queue', /^PUT .*\/result\?/, 'before the answer'],
  ])('%s: another takes the trial, to the same bits', async (when, request, at) => {
    const name = sha256(when).slice(0, 8);
    // A network of its own, which the exchange does not have yet.
    const task = { ...lab.trial(name), seed: Number.parseInt(name, 16) };
    // The task is the first blob that a worker fetches.
    if (when.endsWith('a pack')) void proxy.hold(request, 'before the answer').release();
    const held = proxy.hold(request, at);
    const environment = { CHROMARAY_EXCHANGE_TOKEN: token };
    const first = lab.workerProcess(name, { exchange: proxy.address, lease: 2000, environment });
    const ended = lab.expectLocalBits(task, await lab.coordinator(name));
    await held.reached;
    const killed = new Promise((resolve) => first.once('exit', (_, signal) => resolve(signal)));
    first.kill('SIGKILL');
    expect(await killed).toBe('SIGKILL');
    const next = lab.worker();
    await ended;
    await next.stop();
    expect(next.lines).toContain(`${name}, seed ${task.seed}: done.`);
    held.release();
  });
});
