/**
 * How the lines of an arm look, on every page: the control's as text, the others in the colours of Okabe and Ito, lighter
 * on dark ground (`--arm-1` ... in style.css). Each has a dash of its own, so that hue is never needed to tell two arms apart.
 */
export interface ArmLook {
  readonly colour: string;
  /** As `stroke-dasharray`. */
  readonly dash: string;
}

const dashes = ['9 3', '2 2', '9 3 2 3', '5 5', '12 3 2 3 2 3', '1 4', '14 6'];

/** By the arms of a study in their order. @param control undefined: not known yet; the first then looks like it */
export function armLooks(arms: readonly string[], control: string | undefined): ReadonlyMap<string, ArmLook> {
  const main = control ?? arms[0];
  let next = 0;
  return new Map(
    arms.map((arm) => {
      if (arm === main) return [arm, { colour: 'var(--ink)', dash: 'none' }];
      const i = next++ % dashes.length;
      return [arm, { colour: `var(--arm-${i + 1})`, dash: dashes[i]! }];
    }),
  );
}
