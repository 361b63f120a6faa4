import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDoctor } from '../actions/doctor-format.js';
import { advice, type DoctorReport } from '../actions/doctor-report.js';
import { run } from '../program.test-support.js';
import { terminalText } from '../terminal/print.js';

// Every execution provider is tried in a process of its own.
describe('doctor', { timeout: 120_000 }, () => {
  it('describes the machine as one JSON document, finds everything working, and leaves nothing behind', async () => {
    const before = readdirSync('.');
    const { exitCode, out, err } = await run(['doctor', '--json']);
    expect(err).toBe('');
    const report: DoctorReport = JSON.parse(out);
    const { machine, versions, backends, providers, checks } = report;
    expect(machine.cores).toBeGreaterThan(0);
    expect(machine.freeDiskBytes).toBeGreaterThan(0);
    expect(versions).toMatchObject({ node: process.versions.node, chromaray: expect.any(String) });
    expect(Object.keys(versions)).toEqual(['chromaray', 'node', 'sharp', 'libvips']);
    expect(backends.map(({ name }) => name)).toEqual(['onednn', 'onnxruntime']);
    const held = backends.find(({ name }) => name === 'onnxruntime')!.providers;
    expect(['cpu', ...providers.map(({ provider }) => provider)]).toEqual(held);
    for (const { works, reason, remedy } of providers) {
      expect(works || (reason?.endsWith('.') && remedy?.includes('provider cpu'))).toBe(true);
    }
    expect(report.telemetry.off).toBe(process.platform !== 'win32');
    expect(report.programs).toEqual([
      { name: 'browser', neededBy: 'chromaray study report --pdf', found: expect.any(Boolean) },
    ]);
    expect(checks).toEqual(checks.map(({ what }) => ({ what, works: true, reason: null })));
    expect(checks.map(({ what }) => what)).toContain('writing in this folder');
    expect(report.advice).toBeInstanceOf(Array);
    expect(exitCode).toBe(0);
    expect(readdirSync('.')).toEqual(before);
  });

  it('fits a narrow terminal', async () => {
    const { out } = await run(['doctor'], { columns: 60 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(out).toContain('running a network: works');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'fails where nothing can be written (skipped as root, who may write everywhere)',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-read-only-'));
      const before = process.cwd();
      chmodSync(folder, 0o500);
      process.chdir(folder);
      const { exitCode, out } = await run(['doctor']);
      process.chdir(before);
      rmSync(folder, { recursive: true });
      expect(exitCode).toBe(1);
      expect(out).toContain('writing in this folder: FAILS: ');
    },
  );
});

const gibibyte = 1024 ** 3;
const roomy = {
  cores: 8,
  memoryBytes: 32 * gibibyte,
  memoryLimitBytes: null,
  freeMemoryBytes: 16 * gibibyte,
  freeDiskBytes: 100 * gibibyte,
};

describe('what doctor advises', () => {
  it('is nothing on a machine with room, or one that does not say how much disk is free', () => {
    expect(advice(roomy)).toEqual([]);
    expect(advice({ ...roomy, freeDiskBytes: null })).toEqual([]);
  });

  it.each([
    [{ cores: 1 }, 'One core only'],
    [{ memoryLimitBytes: 2 * gibibyte }, 'Less than 4 GiB of memory'],
    [{ freeMemoryBytes: gibibyte / 2 }, 'Less than 1 GiB of memory is free'],
    [{ freeDiskBytes: gibibyte }, 'Less than 2 GiB are free on this disk'],
  ])('follows from %j', (change, words) => {
    expect(advice({ ...roomy, ...change })).toEqual([expect.stringContaining(words)]);
  });
});

it('what does not work is said with its reason', () => {
  const report: DoctorReport = {
    machine: { ...roomy, system: 'Darwin 24', architecture: 'x64', processor: 'Intel', accelerator: null, glibc: null },
    versions: { chromaray: '1.0.0', node: '20.19.0' },
    backends: [{ name: 'onnxruntime', available: false, reason: 'It does not load.', remedy: 'Use another machine.' }],
    providers: [],
    telemetry: { off: false, explanation: 'Because of Windows.' },
    programs: [{ name: 'browser', neededBy: 'printing', found: false }],
    checks: [{ what: 'running a network', works: false, reason: 'no binary' }],
    advice: [],
  };
  expect(terminalText(formatDoctor(report), 100)).toBe(`Machine    Intel, 8 cores, Darwin 24 x64
Memory     32.0 GiB, 16.0 GiB free
Disk       100.0 GiB free here
Versions   chromaray 1.0.0, node 20.19.0
Backend    onnxruntime is not available: It does not load. Use another machine.
Telemetry  not off: Because of Windows.
Program    browser: not found; only printing needs one
Check      running a network: FAILS: no binary
Advice     none`);
});
