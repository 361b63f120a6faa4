/** Maps with colours of their own. */
export const plainColourMaps = [
  'viridis',
  'magma',
  'inferno',
  'plasma',
  'cividis',
  'turbo',
  'jet',
  'hot',
  'bone',
  'gray',
] as const;

/** A map with colours of its own. */
export type PlainColourMap = (typeof plainColourMaps)[number];

/** A map by name; `shuffled` is another map with its entries in random order. */
export type ColourMapName = PlainColourMap | 'shuffled';

/** Every name that `colourTable` knows. */
export const colourMapNames: readonly ColourMapName[] = [...plainColourMaps, 'shuffled'];

/** The random colouring that is no table: its colours depend on the place as well. */
export const smoothRandomName = 'smooth-random';

/** Every name that `namedColouring` knows: the maps, and the random colouring. */
export const colouringNames: readonly string[] = [...colourMapNames, smoothRandomName];
