import type { ReactNode } from 'react';

/** A table that may be wider than the page: it moves sideways by itself, by keyboard too. */
export function WideTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="wide" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}
