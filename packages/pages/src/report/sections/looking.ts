import { count, counted, decimal, interval, level, listed, missing, percent } from '@chromaray/base';
import type { ArmExplanation, EnergyShare, RandomisationStage } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';
import { unlearnedArms } from '../doubts.js';
import type { ReportInput } from '../report-input.js';
import { type Column, type DataTable, dataTable, Measured, type Section } from './section.js';

/** Where the networks' evidence lies, and whether that can be believed. */
export function lookingSection(input: ReportInput): readonly Section[] {
  const { explanation } = input;
  const arms = explanation?.explanation.arms ?? [];
  if (explanation === undefined || arms.length === 0) return [];
  const [energy, randomisation] = [energyTable(arms), randomisationTable(arms)];
  return [
    {
      id: 'looking',
      title: 'Where the networks look',
      short: 'Where they look',
      reading:
        'Grad-CAM (Selvaraju 2017) weighs the last feature map by the gradient of the answer and shows what spoke for the class that was called. Its places are coarse, and it tells where, not why. A map that stays the same when the weights are shuffled (Adebayo 2018) says nothing about the network.',
      body: html`${lookingSentences(arms, unlearnedArms(input)).map((sentence) => html`<p>${sentence}</p>`)}
${energy.html}
${randomisation.html}
${missingArms(explanation.explanation.missing)}`,
      tables: [energy.plain, randomisation.plain],
    },
  ];
}

/**
 * What follows by rule, the control first.
 *
 * @param unlearned arms that are not shown to have learned: their maps show nothing that was learned
 */
export function lookingSentences(
  arms: readonly ArmExplanation[],
  unlearned: readonly string[] = [],
): readonly string[] {
  const control = arms.find((arm) => arm.control) ?? arms[0]!;
  const { border } = control.energy;
  const checked = arms.some(({ randomisation }) => randomisation.passed !== null);
  const failed = arms.filter(({ randomisation }) => randomisation.passed === false).map(({ arm }) => arm);
  return [
    ...(border === null ? [] : [borderSentence(control.arm, border)]),
    !checked
      ? 'No map showed evidence for what was called, so there is nothing to check.'
      : failed.length === 0
        ? changing(
            arms.map(({ arm }) => arm),
            unlearned,
          )
        : `The maps of ${failed.join(', ')} hardly change when all weights are shuffled: they show the pictures or the architecture, not what was learned, and must not be read.`,
  ];
}

/** Maps that depend on the weights show something learned only where something was learned. */
function changing(arms: readonly string[], unlearned: readonly string[]): string {
  const without = arms.filter((arm) => unlearned.includes(arm));
  if (without.length === 0)
    return 'The maps change when the weights are shuffled, so they show something that the networks learned.';
  if (without.length === arms.length)
    return 'The maps change when the weights are shuffled, but no network is shown to have learned: they depend on the weights and must not be read.';
  return `The maps change when the weights are shuffled. ${listed(without)} ${without.length === 1 ? 'is' : 'are'} not shown to have learned: those maps must not be read.`;
}

function borderSentence(arm: string, { mean, interval: ends, area }: EnergyShare): string {
  const found = `Of the evidence of ${arm}, ${percent(mean, 0)} lies in the outer sixteenth of the picture on each side, which is ${percent(area, 0)} of its area`;
  if (ends === null || (ends[0] <= area && area <= ends[1]))
    return `${found}: no more and no less than chance would put there.`;
  return ends[0] > area
    ? `${found}: more than chance would put there, where there is hardly any lung.`
    : `${found}: less than chance would put there.`;
}

function energyTable(arms: readonly ArmExplanation[]): DataTable {
  const sampled = arms[0]!.energy.n;
  const withLungs = arms.some(({ energy }) => energy.lungs !== null);
  const columns: readonly Column<ArmExplanation>[] = [
    { head: 'Arm', cell: named },
    { head: 'At the border', cell: ({ energy }) => share(energy.border), kind: 'number' },
    { head: 'In the centre', cell: ({ energy }) => share(energy.centre), kind: 'number' },
    ...(withLungs
      ? [{ head: 'In the lungs', cell: ({ energy }: ArmExplanation) => share(energy.lungs), kind: 'number' as const }]
      : []),
    {
      head: 'Map',
      cell: ({ featureMap }) => `${featureMap.width} × ${featureMap.height} places`,
      kind: 'words',
    },
    { head: 'Without evidence', cell: ({ energy }) => `${count(energy.flat)} of ${count(energy.n)}`, kind: 'number' },
  ];
  return dataTable(
    'table-evidence-places',
    `Share of the evidence for the class that was called, mean over ${counted(sampled, 'test X-ray')} (one a patient, both classes alike) with ${level(0.95)} intervals; below it the region's share of the picture, which is what a map without preference would have. Border: the outer sixteenth on each side. Centre: the middle half in each direction.${
      withLungs ? ' Lungs: the masks that were given.' : ' No lung masks were given.'
    } Maps without any evidence for what was called are counted apart.`,
    columns,
    arms,
  );
}

function share(found: EnergyShare | null): string | Measured {
  if (found === null) return missing;
  return new Measured(percent(found.mean, 0), {
    interval: interval(found.interval, (end) => percent(end, 0)),
    note: `area ${percent(found.area, 0)}`,
  });
}

function randomisationTable(arms: readonly ArmExplanation[]): DataTable {
  const most = Math.max(...arms.map(({ randomisation }) => randomisation.stages.length));
  const n = Math.max(...arms.map(({ randomisation }) => randomisation.n));
  const { draws, limit } = arms[0]!.randomisation;
  const stages = Array.from({ length: most }, (_, i): Column<ArmExplanation> => {
    const head = i === 0 ? 'Head shuffled' : i === most - 1 ? 'All layers' : 'More layers';
    return { head, cell: ({ randomisation }) => stageCell(randomisation.stages[i]), kind: 'number' };
  });
  return dataTable(
    'table-randomisation',
    `Maps of the trained networks against maps after their weights were shuffled, layer by layer from the head down: Spearman's rank correlation over places, below it the structural similarity of the maps as shown, mean over up to ${counted(n, 'X-ray')} and ${counted(draws, 'shuffle')}. The check is passed with a rank correlation of at most ${decimal(limit, 1)} once all layers are shuffled.`,
    [
      { head: 'Arm', cell: named },
      ...stages,
      {
        head: 'Check',
        cell: ({ randomisation: { passed } }) => (passed === null ? missing : passed ? 'passed' : 'failed'),
        kind: 'words',
      },
    ],
    arms,
  );
}

function stageCell(stage: RandomisationStage | undefined): string | Measured {
  if (stage === undefined) return missing;
  return new Measured(decimal(stage.rankCorrelation, 2), {
    interval: `similarity ${decimal(stage.similarity, 2)}`,
    note: `${stage.layers} of ${stage.of} layers`,
  });
}

function named({ arm, seed }: ArmExplanation): string {
  return `${arm}, seed\u00a0${seed}`;
}

function missingArms(arms: readonly { readonly arm: string; readonly reason: string }[]): Html | null {
  if (arms.length === 0) return null;
  return html`<p class="absent">Not shown: ${arms.map(({ arm, reason }) => `${arm} (${reason.replace(/\.$/, '')})`).join('; ')}.</p>`;
}
