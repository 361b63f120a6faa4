/** The screen and the window as they are now. */
export function screenFacts() {
  return {
    screenWidth: Math.round(screen.width),
    screenHeight: Math.round(screen.height),
    windowWidth: Math.round(innerWidth),
    windowHeight: Math.round(innerHeight),
    pixelRatio: Math.round(devicePixelRatio * 1000) / 1000,
  };
}
