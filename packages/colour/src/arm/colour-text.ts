import type { ColourSpec } from '@chromaray/contracts';

/** An arm's colour as it stands in the models that were trained on it; {@link colourOf} reads it back. */
export function colourText(colour: ColourSpec): string {
  return typeof colour === 'string' ? colour : JSON.stringify(colour);
}

export function colourOf(text: string): ColourSpec {
  return text.startsWith('{') ? (JSON.parse(text) as ColourSpec) : (text as ColourSpec);
}
