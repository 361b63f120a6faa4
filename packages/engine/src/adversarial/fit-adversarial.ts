import { performance } from 'node:perf_hooks';
import { ChromarayError, isChromarayError } from '@chromaray/base';
import type { Backend, TrainingSession, TrainingState } from '../backends/backend.js';
import { createBackend } from '../backends/registry.js';
import { type Batch, BatchReader } from '../fit/batches.js';
import { CheckpointStore } from '../fit/checkpoint/store.js';
import { weightedLosses } from '../training/loss/terms.js';
import type { WeightedLoss } from '../training/loss/types.js';
import { withWeights } from '../training/with-weights.js';
import { batchesOfSteps } from './batches-of-steps.js';
import { checkAdversarial } from './check-request.js';
import { collapsed, collapseMessage, collapseRule } from './collapse.js';
import { CriticBatches, toldRightly } from './critic-batch.js';
import { adversarialIdentity } from './identity.js';
import { openSessions, type Sessions } from './sessions.js';
import { type AdversarialHeader, advanced, firstPosition, type Position, partOf, together } from './state.js';
import { Stretch } from './stretch.js';
import type { AdversarialRequest, AdversarialResult, Collapse, StretchRecord } from './types.js';

/**
 * Trains two networks in turn: a generator of pictures, and a critic that learns to tell them from real ones, each with
 * its own optimizer. Every step trains one of them on one batch.
 *
 * The critic's loss is binary cross-entropy over as many real pictures as made ones, which the generator makes as it
 * predicts. The generator's is its own loss and `criticWeight` times the critic's judgement, through the critic as its own
 * training left it.
 *
 * The same request gives the same bits on the same machine and backend; a training that was interrupted resumes after the
 * last stretch that was finished, and ends with the same bits.
 *
 * A critic that collapses (`CollapseRule`) ends the training; the generator is handed back as it was after its best stretch.
 *
 * @throws ChromarayError as `fit`
 */
export async function fitAdversarial(request: AdversarialRequest): Promise<AdversarialResult> {
  const sizes = checkAdversarial(request);
  const { options } = request;
  const backend = createBackend(options.backend, options.provider);
  const training = new AdversarialTraining(request, backend, sizes);
  return training.run();
}

type Weights = ReadonlyMap<string, Float32Array>;

class AdversarialTraining {
  private readonly store: CheckpointStore<AdversarialHeader> | undefined;
  private readonly resumedFrom: number;
  private readonly batches: CriticBatches;
  private readonly own: readonly WeightedLoss[];
  private position: Position;
  private history: readonly StretchRecord[];
  private progress: AdversarialHeader['progress'];
  private collapse: Collapse | undefined;
  /** Both networks at the end of the best stretch and of the last one. */
  private best: Weights | undefined;
  private last: TrainingState | undefined;
  /** The generator's session has the critic as it is. */
  private held = false;

  constructor(
    private readonly request: AdversarialRequest,
    private readonly backend: Backend,
    sizes: ReturnType<typeof checkAdversarial>,
  ) {
    const { options, train } = request;
    const { folder, resume } = options.checkpoint ?? {};
    this.own = weightedLosses(options.loss);
    this.batches = new CriticBatches(sizes.dims, sizes.logits, Math.min(options.batch, train.count), options.shownAs);
    this.store =
      folder === undefined ? undefined : new CheckpointStore(folder, adversarialIdentity(request, backend.name));
    if (resume === false) this.store?.clear();
    const restored = resume === false ? undefined : this.store?.load();
    if (restored?.damaged !== undefined)
      request.onEvent?.({ kind: 'fallback', code: 'CHROMARAY_CHECKPOINT_CORRUPT', reason: restored.damaged });
    const header = restored?.checkpoint.header;
    this.position = header?.position ?? firstPosition;
    this.history = header?.history ?? [];
    this.progress = header?.progress ?? { bestEpoch: 0, bestScore: Number.POSITIVE_INFINITY };
    this.collapse = header?.collapse;
    this.resumedFrom = this.position.step;
    this.last = restored?.checkpoint.state;
    this.best = restored?.best;
  }

  async run(): Promise<AdversarialResult> {
    const { options, onEvent } = this.request;
    const { resumedFrom, backend } = this;
    onEvent?.({ kind: 'start', steps: options.steps, resumedFrom, backend: backend.name });
    if (this.isOver()) return this.result();
    const sessions = await openSessions(this.request, this.backend, this.own, this.last);
    try {
      while (!this.isOver()) await this.stretch(sessions);
    } finally {
      await Promise.all([sessions.generator.release(), sessions.critic.release()]);
    }
    return this.result();
  }

  private isOver(): boolean {
    return this.collapse !== undefined || this.position.step >= this.request.options.steps;
  }

  /** Steps up to the next multiple of `every`, with their record and a checkpoint. */
  private async stretch(sessions: Sessions): Promise<void> {
    const { options, train, onEvent, signal } = this.request;
    const { steps, every = 100 } = options;
    const begun = performance.now();
    const from = this.position.step;
    const to = Math.min(steps, (Math.floor(from / every) + 1) * every);
    const figures = new Stretch();
    for await (const batch of batchesOfSteps(train, options, from, to)) {
      if (signal?.aborted) throw this.cancelled();
      const { turn } = this.position;
      const loss =
        turn === 'critic'
          ? await this.criticStep(sessions, batch, figures)
          : await this.generatorStep(sessions, batch, figures);
      const window = collapseRule(options)?.window ?? 1;
      this.position = advanced(this.position, options.switching, loss, window);
      const { step } = this.position;
      const examplesPerSecond = ((step - from) * batch.count) / ((performance.now() - begun) / 1000);
      onEvent?.({ kind: 'step', step, steps, trained: turn, loss, examplesPerSecond });
      if (this.hasCollapsed()) return;
    }
    if (signal?.aborted) throw this.cancelled();
    await this.finish(sessions, figures, (performance.now() - begun) / 1000);
  }

  private async criticStep({ generator, critic }: Sessions, batch: Batch, figures: Stretch): Promise<number> {
    const { count } = batch;
    const { logits: made } = await generator.forward(batch.pixels, count);
    const input = this.batches.fill(batch.targets, made, batch.weights, count);
    const { learningRate } = this.request.options.critic;
    try {
      const { loss, penalty, logits } = await critic.step({
        ...input,
        learningRate,
        step: this.position.criticStep + 1,
      });
      figures.addCritic(loss - penalty, toldRightly(logits, input.count), input.count);
      this.held = false;
      return loss - penalty;
    } catch (error) {
      if (isNotFinite(error) && collapseRule(this.request.options) !== undefined) return Number.NaN;
      throw error;
    }
  }

  private async generatorStep({ generator, critic }: Sessions, batch: Batch, figures: Stretch): Promise<number> {
    const { options } = this.request;
    if (!this.held) generator.hold((await critic.state()).weights);
    this.held = true;
    const { learningRate } = options.generator;
    const step = this.position.generatorStep + 1;
    const measured = await generator.step({ ...batch, learningRate, step }).catch((error: unknown) => {
      if (isNotFinite(error, 'loss/critic/') && collapseRule(options) !== undefined) return undefined;
      throw error;
    });
    if (measured === undefined) {
      // The first tensor that is no number is one of the critic's: its last loss was a number, its update was none.
      this.position = { ...this.position, criticLosses: [...this.position.criticLosses, Number.NaN] };
      return Number.NaN;
    }
    const { loss, terms } = measured;
    const judgement = terms.at(-1)!;
    figures.addGenerator(loss - options.criticWeight * judgement, judgement);
    return loss;
  }

  private hasCollapsed(): boolean {
    const { options, onEvent } = this.request;
    const rule = collapseRule(options);
    if (rule === undefined) return false;
    const { criticLosses, step } = this.position;
    const collapse = collapsed(rule, criticLosses, step, options.switching.kind === 'critic');
    if (collapse === undefined) return false;
    this.collapse = collapse;
    // The step's own state is no place to go on from: the end of the last stretch is, and it now says how this ended.
    if (this.last !== undefined) this.save(this.last);
    onEvent?.({ kind: 'collapse', collapse, message: collapseMessage(collapse, this.progress.bestEpoch) });
    return true;
  }

  private async finish(sessions: Sessions, figures: Stretch, seconds: number): Promise<void> {
    const { generator, critic } = sessions;
    const state = together({ generator: await generator.state(), critic: await critic.state() });
    const measured = await this.measure(generator);
    const stretch = this.history.length + 1;
    const record: StretchRecord = { stretch, step: this.position.step, ...figures.record(), ...measured, seconds };
    const score = measured.score ?? measured.validationLoss ?? record.generatorLoss;
    const best = score < this.progress.bestScore || this.progress.bestEpoch === 0;
    if (best) {
      this.progress = { bestEpoch: stretch, bestScore: Number.isNaN(score) ? Number.POSITIVE_INFINITY : score };
      this.best = state.weights;
    }
    this.history = [...this.history, record];
    this.last = state;
    this.save(state);
    this.request.onEvent?.({ kind: 'stretch', record, best });
  }

  private async measure(generator: TrainingSession): Promise<Pick<StretchRecord, 'validationLoss' | 'score'>> {
    const { validation, options, judge, signal } = this.request;
    let validationLoss: number | undefined;
    if (validation !== undefined) {
      const order = Int32Array.from({ length: validation.count }, (_, i) => i);
      let sum = 0;
      for await (const batch of new BatchReader(validation, options.batch).read(order)) {
        if (signal?.aborted) throw this.cancelled();
        const { loss, terms } = await generator.measure(batch);
        sum += loss - options.criticWeight * terms.at(-1)!;
      }
      validationLoss = sum / validation.count;
    }
    const score = await judge?.(async (pixels, count) => (await generator.forward(pixels, count)).logits);
    return {
      ...(validationLoss === undefined ? {} : { validationLoss }),
      ...(score === undefined ? {} : { score }),
    };
  }

  private save(state: TrainingState): void {
    const { position, history, progress, collapse } = this;
    const ended = collapse === undefined ? {} : { collapse };
    this.store?.save({ header: { epoch: history.length, position, history, progress, ...ended }, state });
  }

  private result(): AdversarialResult {
    const { generator, critic } = this.request;
    const { history, collapse, resumedFrom } = this;
    const { bestEpoch } = this.progress;
    const weights = collapse === undefined ? this.last?.weights : this.best;
    const finished = (player: 'generator' | 'critic') => {
      const { model } = player === 'generator' ? generator : critic;
      return weights === undefined ? model : withWeights(model, partOf(weights, player));
    };
    return {
      generator: finished('generator'),
      critic: finished('critic'),
      history,
      bestStretch: bestEpoch,
      selectedStretch: collapse === undefined ? history.length : bestEpoch,
      stopped: collapse === undefined ? 'steps' : 'collapse',
      ...(collapse === undefined ? {} : { collapse }),
      resumedFrom,
    };
  }

  private cancelled(): ChromarayError {
    const { options, signal } = this.request;
    const finished = this.history.at(-1)?.step ?? 0;
    return new ChromarayError({
      code: 'CHROMARAY_TRAINING_CANCELLED',
      message: `The training was stopped after step ${this.position.step} of ${options.steps}.`,
      remedy:
        options.checkpoint === undefined
          ? 'Start it again; give it a checkpoint folder to be able to go on next time.'
          : `Start it again to go on after step ${finished}.`,
      cause: signal?.reason,
      details: { step: this.position.step, steps: options.steps },
    });
  }
}

/** @param within - what the name of the first tensor that is not finite begins with */
function isNotFinite(error: unknown, within = ''): boolean {
  if (!isChromarayError(error)) return false;
  const { code, details } = error as ChromarayError;
  return code === 'CHROMARAY_TRAINING_NOT_FINITE' && String(details?.tensor).startsWith(within);
}
