import type { ReaderEvent, ScreenFacts } from '@chromaray/contracts';

/** Smallest window in CSS pixels in which a picture and the scale have room beside each other. */
export const smallestWindow = { width: 1000, height: 640 };

/** What is wrong with a display, in phrases; empty where nothing is. */
export function screenFaults({ windowWidth, windowHeight, pixelRatio }: ScreenFacts): readonly string[] {
  const { width, height } = smallestWindow;
  return [
    ...(windowWidth < width || windowHeight < height
      ? [`the window had ${windowWidth} x ${windowHeight} pixels; ${width} x ${height} are asked for`]
      : []),
    // Whole numbers map each pixel of a picture to whole pixels of the screen.
    ...(Number.isInteger(pixelRatio) ? [] : [`the screen was scaled by ${Math.round(pixelRatio * 100)} %`]),
  ];
}

/** The same for a whole check of the display. */
export function displayFaults(check: Extract<ReaderEvent, { kind: 'display' }>): readonly string[] {
  return [
    ...(check.darkSeen ? [] : ['the faint patch in the dark field was not found']),
    ...(check.brightSeen ? [] : ['the faint patch in the bright field was not found']),
    ...screenFaults(check.screen),
  ];
}
