import { bytes, count, counted, listed } from '@chromaray/base';
import { classNames } from '../class-names.js';
import { otherTrainings } from '../other-trainings.js';
import type { ReportInput } from '../report-input.js';
import { fact } from './fact.js';

/** What is known of the networks and how they were trained. */
export function modelling(input: ReportInput) {
  const { methods, arms, verdict } = input;
  const others = otherTrainings(input);
  const classes = classNames(input);
  const sizes = [...new Set(arms.flatMap(({ parameters }) => parameters ?? []))];
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const { machine, versions } = verdict;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return {
    model:
      methods === undefined
        ? null
        : fact(
            `${methods.model} One probability of ${classes === null ? 'the positive class' : 'each class'} a picture.${sizes.length === 0 ? '' : ` ${listed(sizes.map(count))} trained parameters.`} The whole graph is in models/*.onnx.`,
            'cost',
          ),
    software: names.length === 0 ? null : fact(`${listed(names)}.`, 'repeat'),
    hardware: fact(
      `${machine.processor}, ${counted(machine.cores, 'core')}, ${bytes(machine.memoryBytes)}; accelerator: ${machine.accelerator ?? 'none'}.`,
      'repeat',
    ),
    initialisation: methods === undefined ? null : fact(methods.initialisation, 'repeat'),
    training:
      methods === undefined
        ? null
        : fact(
            `${methods.training} ${others === null ? `${counted(seeds, 'network')} an arm, one a seed.` : `${counted(seeds, 'network')} an arm in each of ${counted(others.asked, others.of)}, one a seed.`}`,
            'training',
          ),
    selection:
      methods === undefined
        ? null
        : fact(
            `${methods.selection} The test part had no say in it.${methods.tuning === undefined ? '' : ` ${methods.tuning}`}`,
            'training',
          ),
    ensembling: fact('None: every number is that of single networks, averaged over seeds.', 'arms'),
    output: fact(
      classes === null
        ? `A probability; the threshold of each network was chosen on the validation part by Youden's index.`
        : `A probability of each class, of which the highest is called. Where ${classes[0]!} is set against all others, the threshold of each network was chosen on the validation part by Youden's index.`,
      'training',
    ),
    prediction: fact(
      `models/*.onnx take gray pixels and give the ${classes === null ? 'probability' : 'probabilities'}; \`chromaray predict\` runs them.`,
      'repeat',
    ),
  };
}
