import type { ColourSpec } from '@chromaray/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import type { choicesSchema } from '../../../../src/routes/lab.js';

export type Choices = z.infer<typeof choicesSchema>;

interface ChooseColourProps {
  readonly choices: Choices;
  readonly onAdd: (colours: readonly ColourSpec[]) => void;
}

/** Adds colours to those that are compared. */
export function ChooseColour({ choices, onAdd }: ChooseColourProps) {
  const [name, setName] = useState('');
  const [seed, setSeed] = useState('0');
  const [of, setOf] = useState('turbo');
  const [factors, setFactors] = useState('');
  const colorizer = choices.colorizers.find((one) => one.name === name);
  const untrained = choices.untrained.includes(name);
  const takesSeed = untrained || choices.seeded.includes(name);
  const colours = coloursOf(name, { choices, seed, of, factors, takesSeed });
  const { factors: allowed } = colorizer ?? { factors: null };
  return (
    <fieldset className="choice">
      <legend>Add a colour</legend>
      <div className="row">
        <label>
          Colour{' '}
          <select value={name} onChange={({ target }) => setName(target.value)}>
            <option value="">choose …</option>
            <option value="repeat">gray on three channels</option>
            <optgroup label="Maps">
              {choices.maps.map((map) => (
                <option key={map}>{map}</option>
              ))}
            </optgroup>
            <optgroup label="Colorizers">
              {[...choices.colorizers.map((one) => one.name), ...choices.untrained].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </optgroup>
            <optgroup label="Channels">
              <option value="information">information channels</option>
            </optgroup>
          </select>
        </label>
        {takesSeed && (
          <label>
            Seed <input type="number" min="0" step="1" value={seed} onChange={({ target }) => setSeed(target.value)} />
          </label>
        )}
        {choices.ofAnother.includes(name) && (
          <label>
            Of{' '}
            <select value={of} onChange={({ target }) => setOf(target.value)}>
              {choices.maps
                .filter((map) => ![...choices.seeded, ...choices.ofAnother].includes(map))
                .map((map) => (
                  <option key={map}>{map}</option>
                ))}
            </select>
          </label>
        )}
        {(colorizer || untrained) && (
          <label>
            Render factors{' '}
            <input
              value={factors}
              size={14}
              placeholder={colorizer ? `${colorizer.standard}` : '16'}
              title={allowed === null ? 'Numbers such as 8, 16, 32: one picture each' : `Of ${allowed.join(', ')}`}
              onChange={({ target }) => setFactors(target.value)}
            />
          </label>
        )}
        <button type="button" disabled={colours.length === 0} onClick={() => onAdd(colours)}>
          Add
        </button>
        <button type="button" onClick={() => onAdd(choices.maps.map((map) => ({ map }) as ColourSpec))}>
          Add all maps
        </button>
      </div>
      {colorizer && <p className="small faint">{colorizer.summary}</p>}
    </fieldset>
  );
}

interface Chosen {
  readonly choices: Choices;
  readonly seed: string;
  readonly of: string;
  readonly factors: string;
  readonly takesSeed: boolean;
}

/** One colour, or one for each render factor; none while what is typed is no number. */
function coloursOf(name: string, { choices, seed, of, factors, takesSeed }: Chosen): readonly ColourSpec[] {
  if (name === '') return [];
  if (name === 'repeat') return ['repeat'];
  if (name === 'information') return [{ channels: 'information' }];
  if (takesSeed && !/^\d{1,9}$/.test(seed)) return [];
  const seeded = takesSeed && seed !== '0' ? { seed: Number(seed) } : {};
  if (choices.maps.includes(name)) {
    const other = choices.ofAnother.includes(name) && of !== 'turbo' ? { of } : {};
    return [{ map: name, ...other, ...seeded } as ColourSpec];
  }
  const wanted = factors.split(/[\s,;]+/).filter((word) => word !== '');
  if (!wanted.every((word) => /^\d{1,3}$/.test(word))) return [];
  if (wanted.length === 0) return [{ colorizer: name, ...seeded }];
  return wanted.map((word) => ({ colorizer: name, renderFactor: Number(word), ...seeded }));
}
