/**
 * Linear attenuation coefficients in 1/cm at an effective energy of 60 keV, from the mass attenuation
 * coefficients and densities of NIST's X-ray tables (Hubbell & Seltzer, NISTIR 5632): soft tissue
 * 0.205 cm2/g at 1.06 g/cm3, cortical bone 0.315 cm2/g at 1.92 g/cm3.
 */
export const softTissue = 0.217;
export const corticalBone = 0.605;

/** What a centimetre of bone adds where it displaces soft tissue. */
export const boneExcess = corticalBone - softTissue;
