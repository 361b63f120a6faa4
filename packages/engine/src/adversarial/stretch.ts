import type { StretchRecord } from './types.js';

/** Adds up what the steps of a stretch measured. */
export class Stretch {
  private criticSteps = 0;
  private generatorSteps = 0;
  private criticLoss = 0;
  private right = 0;
  private judged = 0;
  private own = 0;
  private judgement = 0;

  addCritic(loss: number, right: number, pictures: number): void {
    this.criticSteps++;
    this.criticLoss += loss;
    this.right += right;
    this.judged += pictures;
  }

  addGenerator(own: number, judgement: number): void {
    this.generatorSteps++;
    this.own += own;
    this.judgement += judgement;
  }

  record(): Omit<StretchRecord, 'stretch' | 'step' | 'seconds'> {
    const { criticSteps, generatorSteps } = this;
    return {
      criticSteps,
      generatorSteps,
      criticLoss: this.criticLoss / criticSteps,
      criticAccuracy: this.right / this.judged,
      generatorLoss: this.own / generatorSteps,
      judgement: this.judgement / generatorSteps,
    };
  }
}
