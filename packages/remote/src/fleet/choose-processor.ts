import type { Machine, WantedMachine } from './misfit.js';
import { misfitOfAnyProcessor } from './misfit.js';

/** A family of processors, and how many trials the machines that have it hold at once. */
export interface ProcessorOffer {
  readonly processor: string;
  readonly slots: number;
}

/** The processors of those machines that could compute a study's trials, that of the coordinator first, then the most slots first. */
export function offeredProcessors(
  wanted: readonly WantedMachine[],
  machines: readonly Machine[],
): readonly ProcessorOffer[] {
  const slots = new Map<string, number>();
  for (const machine of machines) {
    if (wanted.some((one) => misfitOfAnyProcessor(one, machine) !== undefined)) continue;
    slots.set(machine.processor, (slots.get(machine.processor) ?? 0) + slotsOf(wanted, machine));
  }
  const own = wanted[0]?.profile.processor;
  return [...slots]
    .map(([processor, of]) => ({ processor, slots: of }))
    .sort(
      (a, b) =>
        Number(b.processor === own) - Number(a.processor === own) ||
        b.slots - a.slots ||
        (a.processor < b.processor ? -1 : 1),
    );
}

function slotsOf(wanted: readonly WantedMachine[], machine: Machine): number {
  const each = wanted.map(({ profile, memoryBytes }) =>
    Math.min(
      machine.threads / profile.threads,
      memoryBytes === 0 ? Number.POSITIVE_INFINITY : machine.memoryBytes / memoryBytes,
    ),
  );
  return Math.max(1, Math.floor(Math.min(...each)));
}

/** Hands out processors in proportion to their slots: the one that is least full next, of equals the first. */
export class ProcessorChoice {
  private readonly given = new Map<string, number>();

  /** @param offers at least one */
  constructor(private readonly offers: readonly ProcessorOffer[]) {}

  has(processor: string): boolean {
    return this.offers.some((offer) => offer.processor === processor);
  }

  /** Counts what was decided before. */
  take(processor: string): void {
    this.given.set(processor, (this.given.get(processor) ?? 0) + 1);
  }

  next(): string {
    const fullness = ({ processor, slots }: ProcessorOffer): number => ((this.given.get(processor) ?? 0) + 1) / slots;
    const chosen = this.offers.reduce((best, offer) => (fullness(offer) < fullness(best) ? offer : best)).processor;
    this.take(chosen);
    return chosen;
  }
}
