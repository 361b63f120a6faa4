import type { EnergyShare, EnergySummary, RegionShares } from '@chromaray/contracts';
import { summarise } from '@chromaray/evidence';
import type { Size } from '@chromaray/imaging';
import { areaShare, borderRegion, centreRegion } from './regions.js';

/** Means over maps, with intervals over records. */
export function summariseEnergy(
  shares: readonly RegionShares[],
  size: Size,
  masks: readonly (Uint8Array | undefined)[],
): EnergySummary {
  const known = (of: (one: RegionShares) => number | null): readonly number[] => shares.flatMap((one) => of(one) ?? []);
  const lungs = known((one) => one.lungs);
  const areas = masks.flatMap((mask) => (mask === undefined ? [] : [areaShare(mask)]));
  const lungArea = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  return {
    n: shares.length,
    flat: shares.filter(({ border }) => border === null).length,
    border: share(
      known((one) => one.border),
      areaShare(borderRegion(size)),
    ),
    centre: share(
      known((one) => one.centre),
      areaShare(centreRegion(size)),
    ),
    lungs: lungs.length === 0 ? null : { ...share(lungs, lungArea)!, n: lungs.length },
  };
}

function share(values: readonly number[], area: number): EnergyShare | null {
  if (values.length === 0) return null;
  const { mean, interval } = summarise(values);
  return {
    mean,
    interval: interval === null ? null : [Math.max(0, interval.lower), Math.min(1, interval.upper)],
    area,
  };
}
