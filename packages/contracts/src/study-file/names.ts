/** A network by name, and whether it takes pretrained weights. */
export interface NetworkPreset {
  readonly name: string;
  readonly weights?: 'required' | 'optional' | undefined;
}

/** Names that other rooms know; a list that is absent is not checked here but where it is used. */
export interface Vocabulary {
  /** Model presets. */
  readonly presets?: readonly NetworkPreset[];
  readonly maps?: readonly string[];
  readonly colorizers?: readonly string[];
}
