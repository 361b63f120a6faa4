import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderRequest, type ReadingOrder, readingOrders } from './reading-orders.js';

const truths = fc.array(fc.constantFrom(0 as const, 1 as const), { minLength: 2, maxLength: 40 });
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `R${i + 1}`);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const crossed = fc
  .record({
    arms: fc.integer({ min: 2, max: 5 }),
    count: fc.integer({ min: 1, max: 12 }),
    portions: fc.integer({ min: 1, max: 3 }),
    truths,
    seed,
  })
  .map(
    ({ arms, count, portions, ...rest }): OrderRequest => ({
      ...rest,
      arms,
      readers: names(count),
      design: { kind: 'crossed', sessions: arms * portions },
    }),
  );

const splitPlot = fc
  .record({
    arms: fc.integer({ min: 2, max: 4 }),
    blocks: fc.integer({ min: 2, max: 4 }),
    more: fc.integer({ min: 0, max: 5 }),
    truths,
    seed,
  })
  .map(
    ({ arms, blocks, more, ...rest }): OrderRequest => ({
      ...rest,
      arms,
      readers: names(2 * blocks + more),
      design: { kind: 'split-plot', blocks },
    }),
  );

const sequential = fc
  .record({ sessions: fc.integer({ min: 1, max: 4 }), count: fc.integer({ min: 1, max: 6 }), truths, seed })
  .map(
    ({ sessions, count, ...rest }): OrderRequest => ({
      ...rest,
      arms: 2,
      readers: names(count),
      design: { kind: 'sequential', sessions },
    }),
  );

const readings = ({ sessions }: ReadingOrder) => sessions.flat().map(({ case: one, arm }) => `${one} ${arm}`);
const casesOf = (items: readonly { readonly case: number }[]) => items.map(({ case: one }) => one);
const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

describe('orders of readings', () => {
  it('crossed: every reader reads every case in every arm once, and no case twice in a session', () => {
    fc.assert(
      fc.property(crossed, (request) => {
        for (const order of readingOrders(request)) {
          expect(new Set(readings(order)).size).toBe(request.truths.length * request.arms);
          expect(readings(order)).toHaveLength(request.truths.length * request.arms);
          expect(order.sessions).toHaveLength(request.design.sessions!);
          for (const session of order.sessions) expect(new Set(casesOf(session)).size).toBe(session.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('crossed: arms have equal shares of every session and of both classes, to one case', () => {
    fc.assert(
      fc.property(crossed, (request) => {
        for (const { sessions } of readingOrders(request)) {
          for (const session of sessions) {
            for (const truth of [undefined, 0, 1]) {
              const counts = Array.from(
                { length: request.arms },
                (_, arm) =>
                  session.filter(
                    (one) => one.arm === arm && (truth === undefined || request.truths[one.case] === truth),
                  ).length,
              );
              expect(spread(counts)).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('crossed: over as many readers as arms, each case comes first in each arm equally often', () => {
    fc.assert(
      fc.property(crossed, (request) => {
        const { arms } = request;
        const orders = readingOrders({ ...request, readers: names(arms) });
        const firsts = request.truths.map((_, number) =>
          orders.map(({ sessions }) => sessions.flat().find((one) => one.case === number)!.arm).sort(),
        );
        for (const first of firsts) expect(first).toEqual(Array.from({ length: arms }, (_, arm) => arm));
      }),
      { numRuns: 40 },
    );
  });

  it('crossed: a case comes back only after as many sessions as a round has', () => {
    fc.assert(
      fc.property(crossed, (request) => {
        const gap = request.design.sessions! / request.arms;
        for (const { sessions } of readingOrders(request)) {
          for (const number of request.truths.keys()) {
            const places = sessions.flatMap((items, i) => (casesOf(items).includes(number) ? [i] : []));
            for (const [i, place] of places.entries()) if (i > 0) expect(place - places[i - 1]!).toBe(gap);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('split-plot: the readers of a block read its cases and no others, and blocks share the cases', () => {
    fc.assert(
      fc.property(splitPlot, (request) => {
        const orders = readingOrders(request);
        const sets = orders.map(({ sessions }) => [...new Set(casesOf(sessions.flat()))].sort((a, b) => a - b).join());
        const different = [...new Set(sets)].filter((set) => set !== '');
        const all = different.flatMap((set) => set.split(',').map(Number));
        expect(all.sort((a, b) => a - b)).toEqual([...request.truths.keys()]);
        if (request.truths.length < request.design.blocks!) return;
        const readersOf = different.map((set) => sets.filter((one) => one === set).length);
        expect(spread(readersOf)).toBeLessThanOrEqual(1);
        for (const order of orders) expect(new Set(readings(order)).size).toBe(readings(order).length);
      }),
      { numRuns: 60 },
    );
  });

  it('sequential: every case in the control and directly afterwards in the other arm', () => {
    fc.assert(
      fc.property(sequential, (request) => {
        for (const { sessions } of readingOrders(request)) {
          const all = sessions.flat();
          expect(all).toHaveLength(2 * request.truths.length);
          for (let i = 0; i < all.length; i += 2) {
            expect([all[i]!.arm, all[i + 1]!.arm, all[i + 1]!.case]).toEqual([0, 1, all[i]!.case]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('the same seed gives the same orders, another seed others, and readers have orders of their own', () => {
    const request: OrderRequest = {
      design: { kind: 'crossed' },
      arms: 3,
      readers: names(4),
      truths: Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
      seed: 7,
    };
    expect(readingOrders(request)).toEqual(readingOrders(request));
    expect(readingOrders({ ...request, seed: 8 })).not.toEqual(readingOrders(request));
    const orders = readingOrders(request).map((order) => readings(order).join());
    expect(new Set(orders).size).toBe(4);
  });

  it('a reader who is added at the end changes nobody else', () => {
    fc.assert(
      fc.property(crossed, (request) => {
        const more = readingOrders({ ...request, readers: [...request.readers, 'Z'] });
        expect(more.slice(0, -1)).toEqual(readingOrders(request));
      }),
      { numRuns: 20 },
    );
  });
});
