import { resize } from '@chromaray/imaging';
import type { Photographs } from '../photographs/gather.js';
import type { PhotographStore } from '../photographs/store.js';
import { BinCounter, type ColourBins } from './bins.js';
import { eachChroma } from './example.js';

/** The colours of the photographs trained on, as bins and as their mean. */
export function countColours(
  { training }: Photographs,
  store: PhotographStore,
  side: number,
): { readonly bins: ColourBins; readonly mean: readonly [u: number, v: number] } {
  const counter = new BinCounter();
  let [sumU, sumV, count] = [0, 0, 0];
  for (const position of training) {
    eachChroma(resize(store.read(position), side), (_, u, v) => {
      counter.add(u, v);
      sumU += u;
      sumV += v;
      count++;
    });
  }
  return { bins: counter.bins(), mean: [sumU / count, sumV / count] };
}
