import { Clock } from './clock.js';
import type { Scenario } from './scenario.js';
import { SharedResource } from './shared-resource.js';
import { SingleServer } from './single-server.js';
import { OpenTrials, type SimulatedTrial } from './trials.js';
import type { SimulatedWorker } from './worker.js';

/** What the workers of a simulated study share: time, open trials, queue, coordinator, and the way to packs and results. */
export class World {
  readonly clock = new Clock();
  readonly open: OpenTrials;
  readonly queue: SingleServer;
  readonly coordinator: SingleServer;
  readonly out: SharedResource;
  readonly in: SharedResource;
  readonly idle = new Set<SimulatedWorker>();
  private readonly oneMachine: SharedResource | undefined;
  bytesOut = 0;
  bytesIn = 0;
  running = 0;
  losses = 0;
  lossSeconds = 0;
  private stored = 0;

  constructor(readonly scenario: Scenario) {
    const { arms, seeds, packs, exchange, exchangeLink, costs, oneMachine, cores } = scenario;
    this.open = new OpenTrials(arms, seeds, packs);
    this.queue = new SingleServer(this.clock);
    this.coordinator = new SingleServer(this.clock);
    const link = exchange === 'coordinator' ? Math.min(exchangeLink, costs.serve) : exchangeLink;
    this.out = new SharedResource(this.clock, link);
    this.in = new SharedResource(this.clock, link);
    this.oneMachine = oneMachine ? new SharedResource(this.clock, cores) : undefined;
  }

  /** The cores that a worker computes on. */
  coresOf(): SharedResource {
    return this.oneMachine ?? new SharedResource(this.clock, this.scenario.cores);
  }

  /** A message that the coordinator must take in. */
  message(): void {
    this.queue.do(this.scenario.costs.queueRequest);
    this.coordinator.do(this.scenario.costs.message);
  }

  taken(trial: SimulatedTrial): SimulatedTrial {
    this.running++;
    return trial;
  }

  /** A result is with the exchange; the study has it when the coordinator has stored it. */
  finished(): void {
    this.running--;
    const { costs, rows } = this.scenario;
    this.queue.do(costs.queueRequest);
    this.coordinator.do(costs.result + rows * costs.resultRow, () => this.stored++);
  }

  lost(seconds: number): void {
    this.running--;
    this.losses++;
    this.lossSeconds += seconds;
  }

  putBack(trial: SimulatedTrial): void {
    this.open.putBack(trial);
    const [waiting] = this.idle;
    if (waiting === undefined) return;
    this.idle.delete(waiting);
    waiting.next();
  }

  get complete(): boolean {
    return this.stored === this.scenario.arms * this.scenario.seeds;
  }
}
