/**
 * The candidate nearest to a mistyped word, or undefined when none is near enough to be what was meant
 * (more than a third of the letters differ).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance: insertions, deletions and substitutions that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The candidates that are most like a word, the most alike first; those that hold it, or that it holds, before others. */
export function mostAlike(word: string, candidates: Iterable<string>, count: number): readonly string[] {
  const wanted = word.toLowerCase();
  const ranked = [...new Set(candidates)].map((candidate) => {
    const known = candidate.toLowerCase();
    const holds = wanted !== '' && (known.includes(wanted) || wanted.includes(known));
    return {
      candidate,
      holds: holds ? 0 : 1,
      distance: editDistance(wanted, known) / Math.max(wanted.length, known.length),
    };
  });
  ranked.sort((a, b) => a.holds - b.holds || a.distance - b.distance);
  return ranked.slice(0, count).map(({ candidate }) => candidate);
}
