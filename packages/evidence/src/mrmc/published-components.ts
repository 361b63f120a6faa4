import type { VarianceComponents } from './reader-power.js';

/** Components of a published study, with what it was. */
export interface PublishedComponents extends VarianceComponents {
  readonly source: string;
}

/**
 * Variance components of two studies that the field plans by, empirical AUC, jackknife (OR-DBM MRMC 2.5, MRMCaov, RJafroc
 * print the same). VarTR of the second is estimated below 0.
 */
export const publishedComponents = {
  'van-dyke': {
    source: 'Van Dyke et al. 1993: cine and spin-echo MRI of aortic dissection, 5 readers, 114 cases (45 positive)',
    armByReader: 0.0002004,
    variance: 0.00080229,
    cov1: 0.00034661,
    cov2: 0.00034407,
    cov3: 0.00023903,
    cases: 114,
  },
  franken: {
    source: 'Franken et al. 1992: neonatal chest X-rays on film and on screen, 4 readers, 100 cases (67 positive)',
    armByReader: 0,
    variance: 0.00152578,
    cov1: 0.00079168,
    cov2: 0.00048364,
    cov3: 0.00051251,
    cases: 100,
  },
} as const satisfies Readonly<Record<string, PublishedComponents>>;
