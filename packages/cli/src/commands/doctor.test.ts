import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';

// Every execution provider is tried in a process of its own.
describe('doctor', { timeout: 120_000 }, () => {
  it('describes the machine as one JSON document and finds everything working', async () => {
    const { exitCode, out, err } = await run(['doctor', '--json']);
    expect(err).toBe('');
    const { machine, versions, backends, providers, checks, advice } = JSON.parse(out);
    expect(machine.cores).toBeGreaterThan(0);
    expect(machine.freeDiskBytes).toBeGreaterThan(0);
    expect(versions.node).toBe(process.versions.node);
    expect(backends[0].name).toBeTypeOf('string');
    const held = backends.find(({ name }: { name: string }) => name === 'onnxruntime').providers;
    expect(['cpu', ...providers.map(({ provider }: { provider: string }) => provider)]).toEqual(held);
    for (const { works, reason, remedy } of providers) {
      expect(works || (reason.endsWith('.') && remedy.includes('provider cpu'))).toBe(true);
    }
    expect(checks).toEqual(checks.map(({ what }: { what: string }) => ({ what, works: true, reason: null })));
    expect(checks).toHaveLength(3);
    expect(advice).toBeInstanceOf(Array);
    expect(exitCode).toBe(0);
  });

  it('fits a narrow terminal', async () => {
    const { out } = await run(['doctor'], { columns: 60 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(out).toContain('running a network: works');
  });
});
