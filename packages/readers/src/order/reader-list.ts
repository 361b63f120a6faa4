import { createHmac } from 'node:crypto';
import type { ArmSection, ReaderCase, ReaderCases, ReaderPlan } from '@chromaray/contracts';
import { readingOrders } from './reading-orders.js';

/** One picture that a reader is to read: a case in an arm. */
export interface ListItem {
  /** What the page calls it: says nothing, and is different for every reader. */
  readonly id: string;
  readonly case: ReaderCase;
  /** Number of the arm; 0 is the control. */
  readonly arm: number;
  readonly armName: string;
  readonly training: boolean;
  /** From 1; 0 for training. */
  readonly session: number;
  /** From 1, within the session. */
  readonly position: number;
}

export interface ReaderList {
  readonly reader: string;
  readonly training: readonly ListItem[];
  readonly sessions: readonly (readonly ListItem[])[];
  readonly byId: ReadonlyMap<string, ListItem>;
}

/** The arms, the control first. */
export function orderedArms({ arms }: Pick<ReaderPlan, 'arms'>): readonly ArmSection[] {
  return [...arms.filter((arm) => arm.control), ...arms.filter((arm) => !arm.control)];
}

/**
 * What every reader reads. Cases that were withdrawn are not on the lists; the others keep their places.
 *
 * @param secret the key from which names of pictures are made
 */
export function readerLists(plan: ReaderPlan, list: ReaderCases, secret: string): ReadonlyMap<string, ReaderList> {
  const arms = orderedArms(plan);
  const withdrawn = new Set(plan.cases.withdrawn);
  const orders = readingOrders({
    ...{ design: plan.design, arms: arms.length, readers: plan.readers, seed: plan.seed },
    truths: list.cases.map(({ truth }) => truth),
  });
  return new Map(
    orders.map(({ reader, sessions }) => {
      const item = (one: ReaderCase, arm: number, session: number, position: number): ListItem => ({
        id: nameOf(secret, [reader, session, position]),
        ...{ case: one, arm, armName: arms[arm]!.name, training: session === 0, session, position },
      });
      const training = trainingShowings(list.training, arms.length, plan.design.kind === 'sequential').map(
        ({ case: one, arm }, i) => item(one, arm, 0, i + 1),
      );
      const read = sessions.map((items, session) =>
        items
          .map(({ case: one, arm }, i) => item(list.cases[one]!, arm, session + 1, i + 1))
          .filter(({ case: { name } }) => !withdrawn.has(name)),
      );
      const byId = new Map([...training, ...read.flat()].map((one) => [one.id, one]));
      return [reader, { reader, training, sessions: read, byId }];
    }),
  );
}

/** Classes and arms take turns, so that each arm is practised on; a sequential study shows both arms of each case. */
function trainingShowings(
  cases: readonly ReaderCase[],
  arms: number,
  isSequential: boolean,
): readonly { readonly case: ReaderCase; readonly arm: number }[] {
  const byClass = [1, 0].map((truth) => cases.filter((one) => one.truth === truth));
  const most = Math.max(...byClass.map((list) => list.length));
  const mixed = Array.from({ length: most }, (_, i) => byClass.flatMap((list) => list[i] ?? [])).flat();
  return mixed.flatMap((one, i) =>
    isSequential
      ? [
          { case: one, arm: 0 },
          { case: one, arm: 1 },
        ]
      : [{ case: one, arm: i % arms }],
  );
}

function nameOf(secret: string, place: readonly (string | number)[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(place)).digest('base64url').slice(0, 24);
}
