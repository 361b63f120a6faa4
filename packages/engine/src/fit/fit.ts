import { performance } from 'node:perf_hooks';
import type { Backend, TrainingSession, TrainingState } from '../backends/backend.js';
import { createBackend } from '../backends/registry.js';
import { checkPicturesApart } from '../mixing/check-pictures-apart.js';
import { checkFinite } from '../training/finite.js';
import { l2Penalty } from '../training/loss/host-loss.js';
import { withWeights } from '../training/with-weights.js';
import { BatchReader } from './batches.js';
import { cancelled } from './cancelled.js';
import { checkRequest } from './check-request.js';
import { CheckpointStore, type Restored } from './checkpoint/store.js';
import { trainEpoch, validate } from './epoch.js';
import type { EpochRecord, FitRequest, FitResult, Monitor } from './fit-types.js';
import { trainingIdentity } from './identity.js';
import { checkMemory, explainMemory } from './memory.js';
import { advance, type FitProgress, initialProgress, patienceIsOver } from './progress.js';

/**
 * Trains a model.
 *
 * The same request gives the same bits on the same machine and backend: the order of examples follows from
 * seed and epoch, dropout from seed and step. A training that was interrupted, at any moment, goes on from
 * the end of the last epoch that was finished and ends with the numbers it would have had.
 *
 * @example
 * const { model } = await fit({
 *   model: buildPreset('small', { height: 64, width: 64, seed: 1 }),
 *   train, validation,
 *   options: { loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, learningRate: 1e-3,
 *     batch: 32, epochs: 10, seed: 1, earlyStopping: { patience: 3 } },
 * });
 * @throws ChromarayError `CHROMARAY_TRAINING_OPTION`, `CHROMARAY_TRAINING_DATA`, `CHROMARAY_TRAINING_MONITOR`
 *   for a request that cannot work; `CHROMARAY_TRAINING_MEMORY` for one that needs more memory than there is, found
 *   beforehand or when it runs out; `CHROMARAY_BACKEND_PROVIDER` for an execution provider that does not start;
 *   `CHROMARAY_TRANSFER_MIXES` for a network whose answer to a picture depends on those beside it;
 *   `CHROMARAY_TRAINING_NOT_FINITE` when the loss stops being a number;
 *   `CHROMARAY_TRAINING_CANCELLED` when `signal` asked to stop; `CHROMARAY_CHECKPOINT_MISMATCH` or
 *   `CHROMARAY_CHECKPOINT_CORRUPT` for a checkpoint that does not fit; `CHROMARAY_FILE_WRITE` when one
 *   cannot be written
 */
export async function fit(request: FitRequest): Promise<FitResult> {
  checkRequest(request);
  if (request.signal?.aborted) throw cancelled(request, 1);
  const backend = createBackend(request.options.backend, request.options.provider);
  const { model, train, options } = request;
  const batch = Math.min(options.batch, train.count);
  const isOnCpu = (options.provider ?? 'cpu') === 'cpu';
  await checkPicturesApart(model.model, model.logits, `The model ${model.model.graph.name}`);
  const bytes = isOnCpu ? checkMemory({ model, batch, backend: backend.name }) : 0;
  const training = new Training(request, backend);
  try {
    return await training.run();
  } catch (error) {
    throw isOnCpu ? explainMemory(error, batch, bytes) : error;
  }
}

class Training {
  private readonly monitor: Monitor;
  private readonly store: CheckpointStore | undefined;
  private readonly resumedFrom: number;
  private history: readonly EpochRecord[];
  private progress: FitProgress;
  private bestWeights: ReadonlyMap<string, Float32Array> | undefined;
  private lastState: TrainingState | undefined;
  private stopped: FitResult['stopped'] | undefined;

  constructor(
    private readonly request: FitRequest,
    private readonly backend: Backend,
  ) {
    const { options, validation } = request;
    this.monitor = options.monitor ?? { metric: validation === undefined ? 'loss' : 'validationLoss', mode: 'min' };
    const { checkpoint } = options;
    this.store =
      checkpoint && new CheckpointStore(checkpoint.folder, trainingIdentity(request, backend.name), checkpoint.profile);
    const restored = this.restore();
    const header = restored?.checkpoint.header;
    this.history = header?.history ?? [];
    this.progress = header?.progress ?? initialProgress(this.monitor);
    this.resumedFrom = header?.epoch ?? 0;
    this.lastState = restored?.checkpoint.state;
    this.bestWeights = restored?.best;
    this.stopped = this.ending();
  }

  async run(): Promise<FitResult> {
    const { options, train, onEvent } = this.request;
    onEvent?.({
      kind: 'start',
      epochs: options.epochs,
      stepsPerEpoch: Math.ceil(train.count / options.batch),
      resumedFrom: this.resumedFrom,
      backend: this.backend.name,
    });
    if (this.stopped === undefined) await this.train();
    return this.result();
  }

  private async train(): Promise<void> {
    const { request } = this;
    const { options } = request;
    const session = await this.open();
    try {
      const reader = new BatchReader(request.train, options.batch);
      while (this.stopped === undefined) await this.epoch(session, reader, this.history.length + 1);
    } finally {
      await session.release();
    }
  }

  private async open(): Promise<TrainingSession> {
    const { model, train, options } = this.request;
    const { loss, optimizer, seed, clipNorm, learningRateFactors } = options;
    const { threads, provider, providerOptions, precision } = options;
    const session = await this.backend.train(
      {
        model,
        loss,
        optimizer,
        seed,
        ...(clipNorm === undefined ? {} : { clipNorm }),
        ...(learningRateFactors === undefined ? {} : { learningRateFactors }),
      },
      Math.min(options.batch, train.count),
      {
        ...(threads === undefined ? {} : { threads }),
        ...(provider === undefined ? {} : { provider }),
        ...(providerOptions === undefined ? {} : { providerOptions }),
        ...(precision === undefined ? {} : { precision }),
      },
    );
    if (this.lastState !== undefined) session.restore(this.lastState);
    return session;
  }

  private async epoch(session: TrainingSession, reader: BatchReader, epoch: number): Promise<void> {
    const { request } = this;
    const begun = performance.now();
    const figures = await trainEpoch(session, reader, request, epoch);
    const state = await session.state();
    checkFinite(state, epoch);
    const validation = await this.validate(session, state, epoch);
    const seconds = (performance.now() - begun) / 1000;
    const record: EpochRecord = { epoch, ...figures, ...validation, seconds };

    this.progress = advance(this.progress, record, this.monitor, request.options.earlyStopping);
    this.history = [...this.history, record];
    this.lastState = state;
    const best = this.progress.bestEpoch === epoch;
    if (best) this.bestWeights = state.weights;
    this.stopped = this.ending();
    this.save(state);
    request.onEvent?.({ kind: 'epoch', record, best });
  }

  private async validate(session: TrainingSession, state: TrainingState, epoch: number) {
    const { validation, options, model, evaluate, signal } = this.request;
    if (validation === undefined) return { metrics: {} };
    const checkAborted = () => {
      if (signal?.aborted) throw cancelled(this.request, epoch);
    };
    const keepsOutputs = evaluate !== undefined;
    const figures = await validate(session, validation, options.loss, options.batch, checkAborted, keepsOutputs);
    return {
      validationLoss: figures.loss + l2Penalty(model, state.weights),
      validationAccuracy: figures.accuracy,
      metrics: evaluate?.(figures.probabilities!) ?? {},
    };
  }

  private ending(): FitResult['stopped'] | undefined {
    if (this.history.length > 0 && patienceIsOver(this.progress, this.request.options.earlyStopping)) return 'early';
    const { epochs, until = epochs } = this.request.options;
    if (this.history.length >= epochs) return 'epochs';
    return this.history.length >= until ? 'left' : undefined;
  }

  private save(state: TrainingState): void {
    const { options, train } = this.request;
    const epoch = this.history.length;
    this.store?.save({
      header: {
        epoch,
        step: epoch * Math.ceil(train.count / options.batch),
        seed: options.seed,
        history: this.history,
        progress: this.progress,
      },
      state,
    });
  }

  private restore(): Restored | undefined {
    if (this.request.options.checkpoint?.resume === false) {
      this.store?.clear();
      return undefined;
    }
    const restored = this.store?.load();
    const computedBy = restored?.checkpoint.header.profile;
    const { profile = computedBy } = this.request.options.checkpoint ?? {};
    if (computedBy !== undefined && computedBy !== profile) {
      this.store?.clear();
      this.request.onEvent?.({
        kind: 'fallback',
        code: 'CHROMARAY_CHECKPOINT_MISMATCH',
        reason: `It was computed by ${computedBy}, and here computes ${profile}: the last bits would be neither's. Training begins anew.`,
      });
      return undefined;
    }
    if (restored?.damaged !== undefined) {
      this.request.onEvent?.({
        kind: 'fallback',
        code: 'CHROMARAY_CHECKPOINT_CORRUPT',
        reason: `${restored.damaged} The one before it is used.`,
      });
    }
    return restored;
  }

  private result(): FitResult {
    const { options, validation, model } = this.request;
    const select = options.select ?? (validation === undefined ? 'last' : 'best');
    const weights = select === 'best' ? this.bestWeights! : this.lastState!.weights;
    const { bestEpoch } = this.progress;
    return {
      model: withWeights(model.model, weights),
      history: this.history,
      bestEpoch,
      selectedEpoch: select === 'best' ? bestEpoch : this.history.length,
      stopped: this.stopped!,
      resumedFrom: this.resumedFrom,
    };
  }
}
