/**
 * DeOldify's numbers for the stages after the generator's own training. Sources: `ColorizeTrainingArtistic.ipynb`,
 * `deoldify/critics.py` and `deoldify/dataset.py` of github.com/jantic/DeOldify, and fastai 1.0, which they call.
 */
export const deoldifyNumbers = {
  critic: {
    /** Channels of its first layer (`colorize_crit_learner(nf=256)`). */
    channels: 256,
    /** `fit_one_cycle(6, 1e-3)` at 128 pixels, then `fit_one_cycle(4, 1e-4)` at 192; here both at one size, rates constant. */
    epochs: [6, 4],
    learningRates: [1e-3, 1e-4],
    /** `get_crit_data(bs=16, sz=192)`. */
    batch: { pictures: 16, side: 192 },
    /** fastai's `Learner`: Adam with betas 0.9 and 0.99; weight decay of `colorize_crit_learner(wd=1e-3)`. */
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.99, weightDecay: 1e-3 },
  },
  noGan: {
    /** `get_data(keep_pct=0.03)` of ImageNet's 1,281,167 photographs, of which `split_by_rand_pct(0.1)` leaves nine tenths. */
    photographs: 34_592,
    /** `bs=9`, `sz=192`. */
    batch: { pictures: 9, side: 192 },
    /** `lr=1e-5`; the critic's is 5 times as high (`GANDiscriminativeLR(mult_lr=5.)`). */
    learningRate: 1e-5,
    criticRate: 5,
    /** `opt_func=partial(optim.Adam, betas=(0.,0.9)), wd=1e-3`. */
    optimizer: { kind: 'adamw', beta1: 0, beta2: 0.9, weightDecay: 1e-3 },
    /** `AdaptiveGANSwitcher(critic_thresh=0.65)`. */
    criticLoss: 0.65,
    /** `weights_gen=(1.0, 2.0)`: the critic's judgement once, the own loss twice; Adam is indifferent to a common factor. */
    criticWeight: 0.5,
    /** `GANSaveCallback(save_iters=100)`. */
    every: 100,
  },
} as const;
