import { sha256 } from '@chromaray/base';
import { type ExchangeServer, serveExchange, trialId } from '@chromaray/remote';
import { HoldingProxy } from '@chromaray/testing/holding-proxy';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueueLab, until } from '../queue-lab.test-support.js';

const never = new AbortController().signal;
const token = sha256('a token of this laboratory').slice(0, 48);
const skipped = redisMissing === undefined ? '' : ` (${redisMissing})`;

describe(`two workers on one trial${skipped}`, { timeout: 300_000 }, () => {
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

  it.skipIf(redisMissing).each<[who: string, freeze: (pid: number) => number]>([
    ['the process that renews its lease', (pid) => pid],
    ['all of it, the process that trains included', (pid) => -pid],
  ])('because the first was frozen past its lease (%s): one result, and the first works on', async (who, group) => {
    const name = sha256(who).slice(0, 8);
    const task = lab.trial(name, 6);
    const execution = await lab.coordinator(name);
    const first = lab.workerProcess(name, { lease: 2000 });
    let next: ReturnType<typeof lab.worker> | undefined;
    await lab.expectLocalBits(task, execution, (said) => {
      if (said.kind !== 'started' || next !== undefined) return;
      process.kill(group(first.pid!), 'SIGSTOP');
      next = lab.worker();
    });
    await next!.stop();
    expect(next!.lines).toContain(`${name}, seed 1: done.`);
    process.kill(group(first.pid!), 'SIGCONT');
    const ends = [`${name}, seed 1: another worker has it; stopped here.`, `${name}, seed 1: done.`];
    await until(() => first.lines.some((line) => ends.includes(line)), 'the first worker has let go');
    expect(await lab.exchange.conflicts(trialId(task), never)).toEqual([]);
    await lab.expectLocalBits({ ...lab.trial(`${name}-next`, 2), seed: 2 }, execution);
    expect(first.lines).toContain(`${name}-next, seed 2: done.`);
    await execution.finish!(never);
    first.kill('SIGKILL');
  });

  /** Two studies of one trial, so that two workers compute it; the second of them publishes first. */
  async function bothCompute(name: string, environment: Readonly<Record<string, string>> = {}) {
    const task = lab.trial(name, 2);
    const [one, two] = [await lab.coordinator(`${name}-one`), await lab.coordinator(`${name}-two`)];
    const held = proxy.hold(/^PUT .*\/result\?/, 'before');
    const options = { exchange: proxy.address, lease: 5000 };
    const first = lab.workerProcess(name, {
      ...options,
      environment: { CHROMARAY_EXCHANGE_TOKEN: token, ...environment },
    });
    const ofFirst = lab.run(one, task).then(
      (result) => result,
      (error: unknown) => error,
    );
    await held.reached;
    const next = lab.worker({ name: `${name}-next` });
    await lab.expectLocalBits(task, two);
    await next.stop();
    held.release();
    const end = await ofFirst;
    await until(() => first.lines.length >= 3, 'the first worker has said its end');
    first.kill('SIGKILL');
    return { task, end, one, two, first };
  }

  it.skipIf(redisMissing)('on purpose give the same bits, and the second changes nothing', async () => {
    const { task, end, one, two, first } = await bothCompute('same');
    expect(end).toMatchObject({ probabilities: (await lab.local(task)).probabilities });
    expect(first.lines.at(-1)).toBe('same, seed 1: done.');
    expect(await lab.exchange.conflicts(trialId(task), never)).toEqual([]);
    for (const execution of [one, two]) await execution.finish!(never);
  });

  it.skipIf(redisMissing)(
    'of which one turns a bit: an error for both studies, and both results are kept',
    async () => {
      const { task, end, two, first } = await bothCompute('turned', { CHROMARAY_TEST_DAMAGED: '1' });
      const differs = {
        code: 'CHROMARAY_REMOTE_DIFFERS',
        message: expect.stringMatching(
          /The trial turned, seed 1, .*did not give the same bits.*Both results are kept in/,
        ),
      };
      expect(end).toMatchObject(differs);
      expect(first.lines.at(-1)).toContain('did not give the same bits');
      await expect(two.finish!(never)).rejects.toMatchObject({
        ...differs,
        message: expect.stringMatching(/turned-next and turned,/),
      });
      const kept = await lab.exchange.conflicts(trialId(task), never);
      expect(kept).toHaveLength(1);
      expect((await lab.exchange.result(trialId(task), never))!.numbers).not.toBe(kept[0]!.numbers);
    },
  );
});
