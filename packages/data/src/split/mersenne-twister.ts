/**
 * MT19937, the generator of Matsumoto & Nishimura 1998 ("Mersenne Twister", ACM TOMACS 8(1), with the
 * initialisation of 2002), as numpy's `RandomState(seed)` seeds and draws it. Only there to repeat what
 * scikit-learn did; everything else draws from `Random`.
 */
export class MersenneTwister {
  private readonly state = new Uint32Array(stateWords);
  private position = stateWords;

  /** @param seed whole number from 0 to 2^32 - 1, as numpy requires */
  constructor(seed: number) {
    this.state[0] = seed;
    for (let i = 1; i < stateWords; i++) {
      const previous = this.state[i - 1]!;
      this.state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** Uniform integer in [0, 2^32). */
  uint32(): number {
    if (this.position === stateWords) this.refill();
    let word = this.state[this.position++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  /** Uniform integer in [0, max], by numpy's masked rejection; max from 0 to 2^32 - 1. */
  upTo(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const draw = (this.uint32() & mask) >>> 0;
      if (draw <= max) return draw;
    }
  }

  /** The integers 0..n-1 in the order of `RandomState.permutation(n)`. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.upTo(i);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < stateWords; i++) {
      const joined = (state[i]! & 0x80000000) | (state[(i + 1) % stateWords]! & 0x7fffffff);
      state[i] = state[(i + 397) % stateWords]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }
}

const stateWords = 624;
