export { changed, decodeState, encodeState, firstState, sameState } from './arithmetic/state.js';
export { automaticWindow, between, fullWindow, presetsOf } from './arithmetic/window.js';
export { developPixels } from './draw/develop-pixels.js';
export { keyActions } from './input/keys.js';
export { type Linked, linkViewers } from './link.js';
export type {
  Colouring,
  GrayPicture,
  Overlay,
  Place,
  Shown,
  Size,
  ViewState,
  Window,
  WindowPreset,
} from './picture.js';
export { type StateListener, Viewer, type ViewerOptions } from './viewer.js';
