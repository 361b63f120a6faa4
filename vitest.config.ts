import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

/** `npm test` runs the fast ones; continuous integration runs `npm run test:slow` too. */
const places = ['packages/*/src', 'packages/*/page/src', 'packages/*/test', 'bench/src', 'docs', 'scripts'];
const slow = '**/*.slow.test.ts';

// Tests read the sources, not the build: packages export their TypeScript under this condition.
// Node.js adds `import` or `require` itself, by how a module is asked for.
const conditions = ['chromaray-source', 'node'];

/** Ends the output with one plain line of counts, for whoever reads only that. */
const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0,
    );
    const count = (state: string): number => states.filter((known) => known === state).length;
    console.log(`\n${count('passed')} passed, ${count('failed') + broken.length} failed, ${count('skipped')} skipped`);
  },
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: places.map((place) => `${place}/**/*.test.ts`),
          exclude: [slow],
          // Files of a worker share the modules they load, which saves a third of the time. So a test puts back whatever it
          // changes of the process: environment, folder, handlers of signals.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'slow', include: places.map((place) => `${place}/**/*.slow.test.ts`) } },
    ],
    // After `npm test` has built them, children run from the build.
    env: process.env.npm_lifecycle_event?.startsWith('test') ? { CHROMARAY_CHILDREN: 'built' } : {},
    reporters: ['default', closingLine],
    pool: 'forks',
    unstubEnvs: true,
    restoreMocks: true,
    maxWorkers: availableParallelism(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
