import { type ColourSpec, type ControlKind, type StudyFile, trainedNameOf } from '@chromaray/contracts';

type Arm = StudyFile['arms'][number];

/** What a colour is a control for; undefined for gray itself and for the colours that a study asks about. */
export function controlKind(colour: ColourSpec): ControlKind | undefined {
  if (colour === 'repeat') return 'three channels';
  if (typeof colour !== 'object') return undefined;
  if ('colorizer' in colour) return trainedNameOf(colour.colorizer) === undefined ? undefined : 'untrained';
  if ('learned' in colour) return colour.learned === 'gray' ? 'learned gray' : undefined;
  if (!('map' in colour)) return undefined;
  return mapKinds.get(colour.map);
}

const mapKinds: ReadonlyMap<string, ControlKind> = new Map([
  ['gray', 'three channels'],
  ['smooth-random', 'smooth random'],
  ['shuffled', 'shuffled'],
]);

/** The kinds of control that an arm's colour calls for; none for gray and for controls themselves. */
export function controlsFor(colour: ColourSpec): readonly ControlKind[] {
  if (typeof colour !== 'object' || controlKind(colour) !== undefined) return [];
  if ('channels' in colour) return ['three channels'];
  if ('learned' in colour) return ['three channels', 'learned gray', 'smooth random'];
  return 'colorizer' in colour
    ? ['three channels', 'smooth random', 'untrained']
    : ['three channels', 'smooth random', 'shuffled'];
}

/** True where one arm is the control of that kind for another: an untrained twin, for the colorizer it is the twin of. */
export function isControlFor(control: Arm, kind: ControlKind, arm: Arm): boolean {
  if (controlKind(control.colour) !== kind) return false;
  if (kind !== 'untrained') return true;
  return colorizerOf(arm) !== undefined && trainedNameOf(colorizerOf(control)!) === colorizerOf(arm);
}

function colorizerOf({ colour }: Arm): string | undefined {
  return typeof colour === 'object' && 'colorizer' in colour ? colour.colorizer : undefined;
}
