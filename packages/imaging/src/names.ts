/** Names that users write, apart from what does the work: a command line's help needs only these. */
export { type ColourMapName, colouringNames, colourMapNames } from './colour/colour-map-names.js';
