import { fullShareOf, type Outcome, shareOf } from './outcome.js';
import type { Scenario } from './scenario.js';
import { SimulatedWorker } from './worker.js';
import { World } from './world.js';

/** Seconds between two looks at what runs, for the load that comes with time rather than with an event. */
const tick = 60;

/** Nobody waits for centuries: workers are lost faster than an epoch can be trained. */
const end = 1e10;

/** Simulates a study from its first trial enqueued to its last result stored. Deterministic: the seed decides. */
export function simulate(scenario: Scenario): Outcome {
  const world = new World(scenario);
  const { arms, seeds, costs } = scenario;
  const trials = arms * seeds;
  world.coordinator.do(trials * costs.enqueue);
  const workers = Array.from({ length: scenario.workers }, (_, number) => new SimulatedWorker(world, number));
  // Trials can be taken while later ones are still being enqueued.
  for (const worker of workers) world.clock.after(costs.enqueue, () => worker.begin());
  const load = (): void => {
    world.coordinator.do(tick * world.running * costs.messagesPerSecond * costs.message);
    world.queue.do(tick * world.running * costs.requestsPerSecond * costs.queueRequest);
    world.clock.after(tick, load);
  };
  load();
  world.clock.run(() => world.complete || world.clock.now > end);
  if (!world.complete) throw new Error('The study would not end: workers are lost faster than they train an epoch.');

  const seconds = world.clock.now;
  const ideal = idealSeconds(scenario);
  return {
    workers: scenario.workers,
    seconds,
    idealSeconds: ideal,
    efficiency: ideal / seconds,
    fetching: workers.reduce((sum, { fetchSeconds }) => sum + fetchSeconds, 0) / (workers.length * seconds),
    losses: world.losses,
    secondsPerLoss: world.losses === 0 ? 0 : world.lossSeconds / world.losses,
    bytesOut: world.bytesOut,
    bytesIn: world.bytesIn,
    linkFull: fullShareOf(world.out, seconds),
    coordinatorBusy: shareOf(world.coordinator, seconds),
    queueBusy: shareOf(world.queue, seconds),
    queueRequestsPerSecond: world.queue.busySeconds / costs.queueRequest / seconds,
    coordinatorLag: world.coordinator.longestWait,
  };
}

/** Rounds of trials on all workers at once, training and predicting alone. */
function idealSeconds(scenario: Scenario): number {
  const { arms, seeds, epochs, epochWork, predictWork, threads, cores, workers, oneMachine } = scenario;
  const work = epochs * epochWork + predictWork;
  const atOnce = oneMachine ? Math.min(workers, cores / threads) : workers;
  return (Math.ceil((arms * seeds) / atOnce) * work) / threads;
}
