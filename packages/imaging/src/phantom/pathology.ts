import { ChromarayError, type Random } from '@chromaray/base';
import type { PhantomAnatomy } from './anatomy.js';
import { thoraxHalfWidth } from './soft-tissue.js';

/** `normal`, or the cause of the pneumonia as the names of the reference data give it. */
export type PathologyKind = 'normal' | 'bacteria' | 'virus';

/** A part of the lung in which fluid has replaced air; frame coordinates. */
export interface Opacity {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly tilt: number;
  /** Share of the air replaced at the centre, 0 to 1. */
  readonly fill: number;
  /** Share of the radius over which the edge fades, 0 to 1. */
  readonly softness: number;
  /** Whether air-filled bronchi stand out in it. */
  readonly bronchogram: boolean;
}

/** What is wrong with a patient's lungs. */
export interface PhantomPathology {
  readonly kind: PathologyKind;
  readonly opacities: readonly Opacity[];
  /** Patchy haze all over both lungs: mean share of air replaced. */
  readonly haze: number;
  /** Seed of the texture of opacities and haze. */
  readonly textureSeed: number;
}

/**
 * Draws a disease for a patient. Bacterial pneumonia fills one lobe, sometimes a second, with a dense,
 * fairly sharp opacity that may show bronchi; viral pneumonia lays haze and small soft patches around
 * both hila.
 *
 * Everything but the amount of fluid is drawn independently of the subtlety: the same stream gives the
 * same places and shapes, and the fluid is proportional to 1 - subtlety.
 *
 * @param subtlety 0 is obvious, 1 is invisible
 * @throws ChromarayError `CHROMARAY_IMAGING_PHANTOM_SUBTLETY` outside [0, 1]
 */
export function drawPathology(
  kind: PathologyKind,
  subtlety: number,
  anatomy: PhantomAnatomy,
  random: Random,
): PhantomPathology {
  if (!(subtlety >= 0 && subtlety <= 1)) {
    throw new ChromarayError({
      code: 'CHROMARAY_IMAGING_PHANTOM_SUBTLETY',
      message: `subtlety is ${subtlety}; expected a number from 0 (obvious) to 1 (invisible).`,
      remedy: 'Give a subtlety between 0 and 1, for example 0.6.',
    });
  }
  const textureSeed = random.uint32();
  if (kind === 'normal') return { kind, opacities: [], haze: 0, textureSeed };
  const amount = 1 - subtlety;
  const drawn = kind === 'bacteria' ? lobar(anatomy, random) : diffuse(anatomy, random);
  return {
    kind,
    opacities: drawn.opacities.map((opacity) => ({ ...opacity, fill: opacity.fill * amount })),
    haze: drawn.haze * amount,
    textureSeed,
  };
}

interface Drawn {
  readonly opacities: readonly Opacity[];
  readonly haze: number;
}

/** Centres of the lobes: side (-1 is the patient's right), height and distance from the midline as shares. */
const lobes = [
  { side: -1, height: 0.25, lateral: 0.5, weight: 3 },
  { side: -1, height: 0.62, lateral: 0.42, weight: 3 },
  { side: -1, height: 0.72, lateral: 0.6, weight: 4 },
  { side: 1, height: 0.28, lateral: 0.52, weight: 2 },
  { side: 1, height: 0.55, lateral: 0.68, weight: 2 },
  { side: 1, height: 0.74, lateral: 0.68, weight: 3 },
] as const;

function lobar(anatomy: PhantomAnatomy, random: Random): Drawn {
  const deck = lobes.flatMap((lobe) => Array.from({ length: lobe.weight }, () => lobe));
  const first = deck[random.int(deck.length)]!;
  const others = deck.filter((lobe) => lobe !== first);
  const second = others[random.int(others.length)]!;
  const chosen = random.float() < 0.25 ? [first, second] : [first];
  const opacities = chosen.map((lobe) => {
    const place = lungPoint(anatomy, lobe.side, lobe.height + random.uniform(-0.05, 0.05), lobe.lateral);
    const radius = anatomy.thoraxHalfWidth * random.uniform(0.3, 0.5);
    return {
      ...place,
      rx: radius,
      ry: radius * random.uniform(0.6, 1.05),
      tilt: random.uniform(-0.6, 0.6),
      fill: random.uniform(0.6, 0.95),
      softness: random.uniform(0.35, 0.8),
      bronchogram: random.float() < 0.6,
    };
  });
  return { opacities, haze: random.uniform(0.02, 0.08) };
}

function diffuse(anatomy: PhantomAnatomy, random: Random): Drawn {
  const opacities: Opacity[] = [];
  for (const side of [-1, 1] as const) {
    const patches = 3 + random.int(4);
    for (let i = 0; i < patches; i++) {
      const place = lungPoint(anatomy, side, random.uniform(0.22, 0.74), random.uniform(0.28, 0.72));
      const radius = anatomy.thoraxHalfWidth * random.uniform(0.14, 0.32);
      opacities.push({
        ...place,
        rx: radius,
        ry: radius * random.uniform(0.7, 1.3),
        tilt: random.uniform(-1, 1),
        fill: random.uniform(0.15, 0.4),
        softness: 1,
        bronchogram: false,
      });
    }
  }
  return { opacities, haze: random.uniform(0.1, 0.22) };
}

/** A point of a lung: `height` 0 at the apex and 1 at the lower end of the rib cage, `lateral` 1 at its wall. */
function lungPoint(anatomy: PhantomAnatomy, side: number, height: number, lateral: number): { x: number; y: number } {
  const y = anatomy.apex + height * (anatomy.base - anatomy.apex);
  return { x: side * lateral * thoraxHalfWidth(anatomy, y), y };
}
