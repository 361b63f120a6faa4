import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { type ExchangeServer, serveExchange } from '@chromaray/remote';
import { opensslMissing, testCertificate } from '@chromaray/testing/certificates';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { afterAll, describe, expect, it } from 'vitest';
import { QueueLab } from '../queue-lab.test-support.js';
import { LossyLink, linkMissing } from './lossy-link.test-support.js';

const missing = linkMissing ?? redisMissing ?? opensslMissing;
const token = sha256('a token of this laboratory').slice(0, 48);
const password = 'a-password';

describe(`a worker behind a line that takes 200 ms and loses 5 % each way${missing ? ` (${missing})` : ''}`, {
  timeout: 300_000,
}, () => {
  const link = new LossyLink();
  const lab = new QueueLab(missing, async () => {
    await link.start({ delay: 0.2, loss: 0.05 });
    const server = await testRedis({ host: link.here, password });
    return { ...server, url: server.url.replace('//', `//:${password}@`) };
  });
  let server: ExchangeServer | undefined;
  afterAll(async () => {
    await server?.stop();
    link.stop();
  });

  it.skipIf(missing)(
    'fetches, trains and publishes as any other, also when the line is cut for eight seconds',
    async () => {
      const tls = testCertificate(lab.root, 'coordinator', `IP:${link.here}`);
      const { cert: CHROMARAY_EXCHANGE_CA } = tls;
      server = await serveExchange({
        ...{ folder: lab.exchangeFolder, host: link.here, token, tls },
        onDefect: (error) => console.error(error),
      });
      const worker = lab.workerProcess('far', {
        exchange: server.address,
        wrapper: link.elsewhere,
        environment: { CHROMARAY_EXCHANGE_TOKEN: token, CHROMARAY_EXCHANGE_CA },
      });
      const execution = await lab.coordinator('far');
      await lab.expectLocalBits(lab.trial('far', 2), execution);
      expect(worker.lines).toContain('far, seed 1: done.');
      let cut = false;
      // Longer than its lease.
      await lab.expectLocalBits({ ...lab.trial('cut', 6), seed: 2 }, execution, (said) => {
        if (cut || said.kind !== 'epoch') return;
        cut = true;
        link.cut = true;
        void wait(8000).then(() => {
          link.cut = false;
        });
      });
      expect(cut).toBe(true);
      worker.kill('SIGKILL');
    },
  );
});
