import type { Costs } from './scenario.js';

/**
 * What the steps cost. Processor seconds from `npm run bench:scale -- measure` on two shared cores (Debian 12, Node 20.20, Redis 7.0), which were
 * busy with other work: a machine of its own is faster. The rest follows from the program, as each says.
 */
export const measuredCosts: Costs = {
  queueRequest: 0.00043,
  enqueue: 0.0013,
  message: 0.0012,
  result: 0.0027,
  resultRow: 0.000019,
  serve: 1.57e8,
  verify: 2.58e8,
  // Assumed: the process of a trial starts, opens its packs and compiles its network.
  start: 5,
  // Progress is passed on once a second at most.
  messagesPerSecond: 1,
  // A worker's progress once a second and its lease every 10 seconds; the coordinator reads each running trial twice a second.
  requestsPerSecond: 3.1,
};
