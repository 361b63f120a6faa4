import { Random } from '@chromaray/base';
import { type DesignSection, sessionsOf } from '@chromaray/contracts';
import { dealt } from './deal.js';

/** What orders depend on. */
export interface OrderRequest {
  readonly design: Pick<DesignSection, 'kind' | 'sessions' | 'blocks'>;
  /** Number of arms; 0 is the control. */
  readonly arms: number;
  readonly readers: readonly string[];
  /** Truth of every case, so that each share of the cases has its share of both classes. */
  readonly truths: readonly (0 | 1)[];
  readonly seed: number;
}

/** One case in one arm. */
export interface OrderedReading {
  /** Number of the case. */
  readonly case: number;
  /** Number of the arm. */
  readonly arm: number;
}

/** What a reader reads, session by session, in order. */
export interface ReadingOrder {
  readonly reader: string;
  readonly sessions: readonly (readonly OrderedReading[])[];
}

/**
 * Who reads what and when. The same request gives the same orders.
 *
 * - Crossed: cases are dealt to as many groups as there are arms. In a reader's nth round group g is read in arm
 *   (g + n + number of the reader) modulo arms: a Latin square, so that every round has all arms in equal shares, every
 *   reader reads every case in every arm, and in each round every case is read in every arm by equally many readers. After as
 *   many readers as arms the square runs backwards, so that no arm always follows the same other.
 * - Sessions: a multiple of the rounds divides each round into that many portions of the cases.
 * - Split-plot: readers and cases are dealt to blocks first; each block is crossed in itself.
 * - Sequential: every case once, in the control and directly afterwards in the other arm.
 *
 * Within a session the order is drawn for each reader.
 */
export function readingOrders({ design, arms, readers, truths, seed }: OrderRequest): readonly ReadingOrder[] {
  const random = new Random(seed).fork('reader study');
  const rounds = sessionsOf(design.kind, arms);
  const portions = (design.sessions ?? rounds) / rounds;
  const blocks = design.kind === 'split-plot' ? (design.blocks ?? 1) : 1;
  const cells = dealt(truths, blocks * portions * rounds, random.fork('cases'));
  const block = blocksOf(readers.length, blocks, random.fork('blocks'));
  return readers.map((reader, number) => {
    const own = random.fork(`reader ${reader}`);
    const place = block[number]!;
    const sessions = Array.from({ length: rounds * portions }, (_, session): readonly OrderedReading[] => {
      const [round, portion] = [Math.floor(session / portions), session % portions];
      const groups = Array.from(
        { length: rounds },
        (_, group) => cells[(place.block * portions + portion) * rounds + group]!,
      );
      const items =
        design.kind === 'sequential'
          ? groups[0]!.map((one) => ({ case: one, arm: 0 }))
          : groups.flatMap((cases, group) =>
              cases.map((one) => ({ case: one, arm: armOf(group, round, place.number, arms) })),
            );
      const order = own.fork(`session ${session}`).shuffle([...items]);
      return design.kind === 'sequential' ? order.flatMap((first) => [first, { ...first, arm: 1 }]) : order;
    });
    return { reader, sessions };
  });
}

function armOf(group: number, round: number, reader: number, arms: number): number {
  const backwards = Math.floor(reader / arms) % 2 === 1;
  return (group + (backwards ? arms - round : round) + reader) % arms;
}

/** The block of every reader, and the reader's number in it. */
function blocksOf(
  readers: number,
  blocks: number,
  random: Random,
): readonly { readonly block: number; readonly number: number }[] {
  const order = blocks === 1 ? Array.from({ length: readers }, (_, i) => i) : [...random.permutation(readers)];
  const places = new Array<{ block: number; number: number }>(readers);
  order.forEach((reader, i) => {
    places[reader] = { block: i % blocks, number: Math.floor(i / blocks) };
  });
  return places;
}
