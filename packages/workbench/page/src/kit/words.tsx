/** A sentence of the program: what stands between backticks, as it does in a terminal, is a command, a key or a file. */
export function Words({ text }: { readonly text: string }) {
  return (
    text
      .split(/`([^`]+)`/)
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other name
      .map((piece, i) => (i % 2 === 1 ? <code key={i}>{piece}</code> : piece))
  );
}
