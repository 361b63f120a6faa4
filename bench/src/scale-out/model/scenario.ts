/** What each step costs; `measured.ts` says where each number comes from. */
export interface Costs {
  /** Seconds of the queue's thread for one of a worker's or the coordinator's requests. */
  readonly queueRequest: number;
  /** Seconds of the coordinator's thread to enqueue one trial. */
  readonly enqueue: number;
  /** Seconds of the coordinator's thread for one message of a trial: received, checked, stored, shown. */
  readonly message: number;
  /** Seconds of the coordinator's thread to take in a result, without its rows. */
  readonly result: number;
  /** The same for each prediction of a result that goes into the store. */
  readonly resultRow: number;
  /** Bytes a second that the coordinator's process can serve or take in, whatever the network. */
  readonly serve: number;
  /** Bytes a second at which a worker checks and writes what it fetched. */
  readonly verify: number;
  /** Seconds from taking a trial to its first step: the process starts, opens packs, compiles. */
  readonly start: number;
  /** Messages a second of a trial that runs. */
  readonly messagesPerSecond: number;
  /** Requests to the queue a second of a worker that runs a trial: lease, progress, cancellation. */
  readonly requestsPerSecond: number;
}

/** A study and the machines that it is run on. Bytes and seconds throughout. */
export interface Scenario {
  readonly arms: number;
  readonly seeds: number;
  /** Different sets of packs among the arms; arms that differ in colour maps or networks alone share one. */
  readonly packs: number;
  /** Bytes of one set: training, validation and test part. */
  readonly packBytes: number;
  readonly epochs: number;
  /** Core seconds of an epoch; an epoch runs on `threads` cores. */
  readonly epochWork: number;
  /** Core seconds of the predictions at the end. */
  readonly predictWork: number;
  /** Standard deviation of the logarithm of an epoch's duration. */
  readonly spread: number;
  readonly checkpointBytes: number;
  readonly resultBytes: number;
  /** Predictions of one trial that go into the store. */
  readonly rows: number;

  readonly workers: number;
  readonly threads: number;
  /** Cores of a worker's machine. */
  readonly cores: number;
  /** All workers on one machine share its cores; otherwise each has a machine of its own. */
  readonly oneMachine: boolean;
  readonly workerLink: number;
  /** Where packs, checkpoints and results lie: with the coordinator, or in a store of their own. */
  readonly exchange: 'coordinator' | 'storage';
  /** Bytes a second of the coordinator's network, each way; of the storage's where there is one. */
  readonly exchangeLink: number;
  /** Whether a worker prefers a trial whose packs it has. */
  readonly affinity: boolean;
  /** Sets of packs that fit a worker's cache. */
  readonly cachedPacks: number;

  /** Mean seconds between two losses of one worker; Infinity: none. */
  readonly meanTimeToLoss: number;
  /** Seconds until a lost worker is back, its cache kept. */
  readonly repair: number;
  /** Seconds until the queue gives a lost trial to another. */
  readonly lease: number;
  readonly seed: number;
  readonly costs: Costs;
}
