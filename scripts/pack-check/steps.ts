/** Runs named steps one after the other and counts how they end. */
export class Steps {
  private passed = 0;
  private failed = 0;

  /** Runs one step and prints its name, how long it took and, when it fails, why. */
  async run(name: string, step: () => unknown): Promise<void> {
    const begun = performance.now();
    try {
      const note = await step();
      this.passed++;
      console.log(`ok    ${name} (${seconds(begun)})${typeof note === 'string' ? `: ${note}` : ''}`);
    } catch (error) {
      this.failed++;
      console.log(`FAIL  ${name} (${seconds(begun)})\n${(error as Error).message}`);
    }
  }

  /** Prints the closing line, and makes the program fail when a step has. */
  finish(): void {
    console.log(`\n${this.passed} passed, ${this.failed} failed, 0 skipped`);
    if (this.failed > 0) process.exitCode = 1;
  }
}

function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}
