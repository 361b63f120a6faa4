import { Random } from '@chromaray/base';
import type { Scenario } from './scenario.js';
import type { SharedResource, Withdraw } from './shared-resource.js';
import { durationFactor, type SimulatedTrial } from './trials.js';
import type { World } from './world.js';

/** A simulated worker: takes a trial, fetches its packs, trains epoch by epoch, publishes, and takes the next. */
export class SimulatedWorker {
  /** Packs in its cache, the last used last. */
  private readonly cache = new Set<number>();
  private readonly losses: Random;
  private trial: SimulatedTrial | undefined;
  /** Counts lives: what was begun in an earlier one comes to nothing. */
  private life = 0;
  private withdraw: Withdraw[] = [];
  /** When the state was reached that a new worker would continue from; undefined outside of training. */
  private kept: number | undefined;
  private readonly cores: SharedResource;
  fetchSeconds = 0;

  constructor(
    private readonly world: World,
    number: number,
  ) {
    this.losses = new Random(world.scenario.seed).fork(`losses of worker ${number}`);
    this.cores = world.coresOf();
  }

  begin(): void {
    const { meanTimeToLoss } = this.scenario;
    if (Number.isFinite(meanTimeToLoss)) {
      const life = this.life;
      const survives = -Math.log(1 - this.losses.float()) * meanTimeToLoss;
      this.world.clock.after(survives, () => life === this.life && this.lose());
    }
    this.next();
  }

  /** Asks the queue for a trial; without one it waits until a trial comes back. */
  next(): void {
    this.ask(() => {
      this.trial = this.world.open.take(this.scenario.affinity ? this.cache : new Set());
      if (this.trial === undefined) this.world.idle.add(this);
      else this.fetch(this.world.taken(this.trial));
    });
  }

  private get scenario(): Scenario {
    return this.world.scenario;
  }

  /** Does what comes next unless this life has ended by then. */
  private alive(act: () => void): () => void {
    const life = this.life;
    return () => {
      if (life === this.life) act();
    };
  }

  private ask(then: () => void): void {
    this.world.queue.do(this.scenario.costs.queueRequest, this.alive(then));
  }

  private fetch(trial: SimulatedTrial): void {
    if (this.cache.delete(trial.pack)) {
      this.cache.add(trial.pack);
      this.start(trial);
      return;
    }
    const { packBytes, workerLink, costs } = this.scenario;
    const begun = this.world.clock.now;
    this.use(this.world.out, packBytes, Math.min(workerLink, costs.verify), () => {
      this.fetchSeconds += this.world.clock.now - begun;
      this.world.bytesOut += packBytes;
      this.cache.add(trial.pack);
      for (const oldest of this.cache) {
        if (this.cache.size <= this.scenario.cachedPacks) break;
        this.cache.delete(oldest);
      }
      this.start(trial);
    });
  }

  private start(trial: SimulatedTrial): void {
    this.world.message();
    this.use(this.cores, this.scenario.costs.start, 1, () => {
      this.kept = this.world.clock.now;
      this.epoch(trial);
    });
  }

  private epoch(trial: SimulatedTrial, done = trial.epochs): void {
    const { epochs, epochWork, threads } = this.scenario;
    if (done === epochs) {
      this.predict();
      return;
    }
    const work = epochWork * durationFactor(this.scenario, trial.id, done);
    this.use(this.cores, work, threads, () => {
      this.world.message();
      const reached = this.world.clock.now;
      // The trial goes on while its checkpoint is sent.
      this.send(this.scenario.checkpointBytes, () => {
        trial.epochs = Math.max(trial.epochs, done + 1);
        this.kept = Math.max(this.kept ?? 0, reached);
      });
      this.epoch(trial, done + 1);
    });
  }

  private predict(): void {
    const { predictWork, threads, resultBytes } = this.scenario;
    this.use(this.cores, predictWork, threads, () =>
      this.send(resultBytes, () => {
        this.trial = undefined;
        this.kept = undefined;
        this.world.finished();
        this.next();
      }),
    );
  }

  private send(bytes: number, then: () => void): void {
    this.use(this.world.in, bytes, this.scenario.workerLink, () => {
      this.world.bytesIn += bytes;
      then();
    });
  }

  private use(resource: SharedResource, amount: number, limit: number, then: () => void): void {
    const withdraw = resource.use(amount, limit, () => {
      this.withdraw = this.withdraw.filter((other) => other !== withdraw);
      then();
    });
    this.withdraw.push(withdraw);
  }

  private lose(): void {
    this.life++;
    for (const withdraw of this.withdraw) withdraw();
    this.withdraw = [];
    this.world.idle.delete(this);
    const { clock } = this.world;
    const { lease, repair, costs } = this.scenario;
    const lost = this.trial;
    if (lost !== undefined) {
      const work = this.kept === undefined ? 0 : clock.now - this.kept;
      this.world.lost(work + lease + costs.start);
      clock.after(lease, () => this.world.putBack(lost));
    }
    this.trial = undefined;
    this.kept = undefined;
    clock.after(repair, () => this.begin());
  }
}
