/** The picture that a key leads to, from picture `at` of a grid; undefined for other keys. */
export function gridKey(
  key: string,
  at: number,
  { total, columns, rowsInView }: { readonly total: number; readonly columns: number; readonly rowsInView: number },
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    PageUp: at - columns * rowsInView,
    PageDown: at + columns * rowsInView,
    Home: 0,
    End: total - 1,
  };
  const wished = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return wished === undefined ? undefined : Math.min(Math.max(wished, 0), total - 1);
}
