/**
 * What a network learns of a photograph: how likely each colour is (`classes`), U and V (`l1`), or the coloured picture
 * itself (`pixels`: L1 of red, green and blue in ImageNet's units, DeOldify's).
 */
export const colourLosses = ['classes', 'l1', 'pixels'] as const;
export type ColourLoss = (typeof colourLosses)[number];

export const networkNames = ['colour-unet', 'deoldify'] as const;
export type NetworkName = (typeof networkNames)[number];
