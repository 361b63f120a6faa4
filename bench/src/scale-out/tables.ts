import { measuredCosts } from './model/measured.js';
import type { Outcome } from './model/outcome.js';
import type { Scenario } from './model/scenario.js';
import { simulate } from './model/simulate.js';

const gigabit = 1.25e8;
const day = 86_400;

/**
 * 50 arms x 10 seeds on MIMIC-CXR: 377,110 pictures (Johnson 2019) in gray at 224 pixels are 18.9 GB of packs, which arms that differ in
 * colour maps share. An epoch at 200 pictures a second a core, on machines of 8 cores; validation and test part are 30 % of them.
 */
export const mimic: Scenario = {
  ...{ arms: 50, seeds: 10, packs: 1, packBytes: 377_110 * 224 * 224 },
  ...{
    epochs: 10,
    epochWork: (0.7 * 377_110 * 3 + 0.1 * 377_110) / 600,
    predictWork: (0.3 * 377_110) / 600,
    spread: 0.03,
  },
  ...{ checkpointBytes: 3e7, resultBytes: 3e6, rows: Math.round(0.3 * 377_110) },
  ...{ workers: 1, threads: 8, cores: 8, oneMachine: false, workerLink: gigabit },
  ...{ exchange: 'coordinator', exchangeLink: gigabit, affinity: false, cachedPacks: 1 },
  ...{ meanTimeToLoss: Number.POSITIVE_INFINITY, repair: 600, lease: 30, seed: 1, costs: measuredCosts },
};

/** What is asked of the simulation, each a row for every number of workers. */
export const questions: readonly (readonly [name: string, changes: Partial<Scenario>])[] = [
  ['one set of packs, 1 Gbit/s from the coordinator', {}],
  ['50 arms with packs of their own, caches of two sets', { packs: 50, cachedPacks: 2 }],
  [
    'the same, packs in a store of 10 Gbit/s',
    { packs: 50, cachedPacks: 2, exchange: 'storage', exchangeLink: 10 * gigabit },
  ],
  ['a worker lost once a day', { meanTimeToLoss: day }],
  ['trials of a minute: 5,856 pictures at 64 pixels', small()],
];

/** The size of Kermany's set, for which a trial is short and the coordinator is asked often. */
function small(): Partial<Scenario> {
  const images = 5856;
  return {
    ...{ packBytes: images * 64 * 64, epochWork: (images * 0.7 * 3) / 2000, predictWork: (images * 0.3) / 2000 },
    ...{ checkpointBytes: 3e6, resultBytes: 5e4, rows: Math.round(images * 0.3) },
  };
}

const workers = [1, 2, 4, 8, 16, 32, 64];

/** Markdown: time, efficiency, and how busy link, coordinator and queue are, by number of workers. */
export function scenarioTables(seed: number, numbers: readonly number[] = workers): string {
  return questions
    .map(([name, changes]) =>
      [
        `${name}:`,
        '',
        '| workers | time | efficiency | fetched | link full | coordinator busy | its longest wait | queue busy |',
        '|---|---|---|---|---|---|---|---|',
        ...numbers.map((count) => row(simulate({ ...mimic, ...changes, seed, workers: count }))),
      ].join('\n'),
    )
    .join('\n\n');
}

function row(outcome: Outcome): string {
  const {
    workers: count,
    seconds,
    efficiency,
    bytesOut,
    linkFull,
    coordinatorBusy,
    coordinatorLag,
    queueBusy,
  } = outcome;
  const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  const time = seconds < 2 * day ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / day).toFixed(1)} days`;
  const cells = [
    time,
    percent(efficiency),
    `${(bytesOut / 1e9).toFixed(0)} GB`,
    percent(linkFull),
    percent(coordinatorBusy),
  ];
  return `| ${[count, ...cells, `${coordinatorLag.toFixed(1)} s`, percent(queueBusy)].join(' | ')} |`;
}
