import { connectQueue } from '@chromaray/remote';
import { startRedis } from '../redis-here.js';

/** What a queue costs for each request, in processor seconds. */
export interface QueueCosts {
  /** Of the server's thread. */
  readonly queueRequest: number;
  /** Of the coordinator's thread, to put a trial into the queue. */
  readonly enqueue: number;
}

const jobs = 1000;

/** Puts entries of a trial's size into a queue of a Redis of its own. */
export async function measureQueue(): Promise<QueueCosts> {
  const redis = await startRedis();
  const server = await connectQueue(redis.url);
  try {
    const queue = server.queue('bench-scale-out');
    await queue.add('trial', {}, { jobId: 'first' });
    const [own, served] = [process.cpuUsage(), redis.seconds()];
    for (let i = 0; i < jobs; i++) {
      const ticket = { trial: String(i).padStart(64, '0'), task: 'x'.repeat(120), arm: 'turbo', seed: i };
      await queue.add('trial', ticket, { jobId: `trial-${i}`, priority: i + 1, attempts: 3 });
    }
    const { user, system } = process.cpuUsage(own);
    return { queueRequest: (redis.seconds() - served) / jobs, enqueue: (user + system) / 1e6 / jobs };
  } finally {
    await server.close();
    await redis.stop();
  }
}
