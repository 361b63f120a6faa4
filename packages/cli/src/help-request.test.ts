import { describe, expect, it } from 'vitest';
import { run } from './program.test-support.js';

describe('the word help', () => {
  it.each([
    [['help'], 'Usage: chromaray [options] [command]'],
    [['help', 'study'], 'Usage: chromaray study [options] [command]'],
    [['help', 'study', 'run'], 'Usage: chromaray study run [options] <study.yaml>'],
    [['study', 'help', 'run'], 'Usage: chromaray study run [options] <study.yaml>'],
    [['study', 'help'], 'Usage: chromaray study [options] [command]'],
    [['help', 'doctor', '--json'], 'Usage: chromaray doctor [options]'],
    [['help', 'help'], 'Usage: chromaray [options] [command]'],
  ])('%j prints help', async (args, usage) => {
    const { exitCode, out, err } = await run(args);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(out.split('\n')[0]).toBe(usage);
  });

  it.each([
    [['help', 'studdy'], 'chromaray has no command "studdy".', 'Did you mean chromaray study?'],
    [['help', 'study', 'rnu'], 'chromaray study has no command "rnu".', 'Did you mean chromaray study run?'],
    [['help', 'doctor', 'now'], 'chromaray doctor has no command "now".', 'See `chromaray doctor --help`.'],
  ])('%j names no command', async (args, message, remedy) => {
    const { exitCode, err } = await run(args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(remedy);
  });

  it('may be an argument or a value: then it is no request', async () => {
    expect((await run(['study', 'run', 'help'])).err).toContain('CHROMARAY_STUDY_FILE_MISSING');
    expect((await run(['data', 'describe', 'nowhere', '--positive', 'help'])).out).toBe('');
  });
});
