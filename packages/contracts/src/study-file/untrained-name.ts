const ending = '-untrained';

/** The name of the untrained twin of a colorizer: the same network with random weights. */
export function untrainedName(trained: string): string {
  return trained + ending;
}

/** The trained colorizer that a name asks the untrained twin of; undefined for other names. */
export function trainedNameOf(name: string): string | undefined {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : undefined;
}
