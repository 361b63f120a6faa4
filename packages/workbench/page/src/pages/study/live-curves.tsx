import { Figure } from '../../kit/figure/figure.js';
import { type ArmLook, armLooks } from '../../kit/plot/arm-look.js';
import { Legend, Lines } from '../../kit/plot/marks.js';
import { Plot } from '../../kit/plot/plot.js';
import { extent } from '../../kit/plot/scale.js';
import { useInAddress } from '../../router.js';
import { type EpochTable, type Measure, meanLine, measures, seedLines } from './epoch-table.js';

export interface LiveCurvesProps {
  readonly study: string;
  readonly arms: readonly string[];
  readonly control: string | undefined;
  readonly table: EpochTable;
  /** Epochs that each trial may run; undefined: not known, the axis ends at the last that was run. */
  readonly epochs: number | undefined;
}

/** How loss and quality change over epochs, while the study trains and after. */
export function LiveCurves({ study, arms, control, table, epochs }: LiveCurvesProps) {
  const looks = armLooks(arms, control);
  if (table.size === 0) return <p>No trial has finished an epoch.</p>;
  const shared = { study, looks, table, epochs };
  return (
    <>
      <Legend looks={looks} />
      <div className="figures">
        <Curves {...shared} place="loss" choices={['validationLoss', 'trainLoss']} />
        <Curves {...shared} place="quality" choices={['validationAuroc', 'validationAccuracy', 'trainAccuracy']} />
      </div>
    </>
  );
}

interface CurvesProps extends Pick<LiveCurvesProps, 'study' | 'table' | 'epochs'> {
  readonly looks: ReadonlyMap<string, ArmLook>;
  /** Its parameter of the address. */
  readonly place: string;
  readonly choices: readonly [Measure, ...Measure[]];
}

function Curves({ study, looks, table, epochs, place, choices }: CurvesProps) {
  const [chosen, setChosen] = useInAddress(place, choices[0]);
  const measure = choices.find((choice) => choice === chosen) ?? choices[0];
  const name = measures[measure];
  const drawn = [...looks].flatMap(([arm, look]) => {
    const seeds = table.get(arm);
    if (seeds === undefined) return [];
    const lines = seedLines(seeds, measure);
    return [{ arm, look, lines, mean: meanLine(lines) }];
  });
  const points = drawn.flatMap(({ lines }) => lines.flat());
  const last = points.reduce((most, [epoch]) => Math.max(most, epoch), 2);
  const y = extent(
    points.map(([, value]) => value),
    [0, 1],
  );
  const ends = drawn.flatMap(({ arm, mean }) => {
    const end = mean.at(-1);
    return end === undefined ? [] : [`${arm} ${end[1]!.toFixed(3)} after epoch ${end[0]}`];
  });
  return (
    <Figure
      name={`${study}-${measure}`}
      title={`${name} by epoch`}
      caption={
        <label>
          Show{' '}
          <select value={measure} onChange={({ target }) => setChosen(target.value)}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {measures[choice]}
              </option>
            ))}
          </select>
        </label>
      }
      marks="Thin, each seed; thick, the mean over the seeds of an arm that have reached the epoch."
      rows={{
        columns: ['arm', 'seed', 'epoch', measure],
        rows: [...table].flatMap(([arm, seeds]) =>
          [...seeds].flatMap(([seed, list]) =>
            list.filter((epoch) => epoch !== undefined).map((epoch) => [arm, seed, epoch.epoch, epoch[measure]]),
          ),
        ),
      }}
    >
      <Plot
        title={`${name} by epoch`}
        description={ends.length === 0 ? 'Nothing has been measured yet.' : `Means: ${ends.join(', ')}.`}
        x={{
          domain: [1, Math.max(last, epochs ?? 2)],
          label: 'Epoch',
          format: (tick) => (Number.isInteger(tick) ? String(tick) : ''),
        }}
        y={{ domain: measure.endsWith('Loss') ? y : [Math.max(0, y[0]), Math.min(1, y[1])], label: name }}
      >
        {drawn.map(({ arm, look, lines }) => (
          <Lines key={`${arm} thin`} lines={lines} look={look} weight="thin" />
        ))}
        {drawn.map(({ arm, look, mean }) => (
          <Lines key={`${arm} thick`} lines={[mean]} look={look} weight="thick" title={`${arm}, mean over seeds`} />
        ))}
      </Plot>
    </Figure>
  );
}
