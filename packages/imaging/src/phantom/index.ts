export { drawAnatomy, type Ellipse, type PhantomAnatomy } from './anatomy.js';
export { encodePhantom, type PhantomFormat, phantomNotice, reencodePhantom } from './encode.js';
export { drawExposure, type PhantomExposure, type Pose } from './exposure.js';
export { type MarkerLetter, stampMarker } from './marker.js';
export { drawPathology, type Opacity, type PathologyKind, type PhantomPathology } from './pathology.js';
export { phantomSizes, renderPhantom } from './render.js';
