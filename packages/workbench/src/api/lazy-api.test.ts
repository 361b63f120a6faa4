import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { lazyApi } from './lazy-api.js';

function served(load: () => Promise<Hono>): Hono {
  const app = new Hono();
  app.onError((error, context) => context.text(`failed: ${error.message}`, 500));
  app.route('/api', lazyApi(load));
  app.all('*', (context) => context.text('elsewhere', 404));
  return app;
}

function api(): Hono {
  const routes = new Hono();
  routes.get('/notes/:name', (context) => context.text(context.req.param('name')));
  routes.get('/broken', () => {
    throw new Error('why');
  });
  return routes;
}

it('answers as the interface itself would, and loads it once', async () => {
  let loads = 0;
  const app = served(async () => {
    loads++;
    return api();
  });
  expect(loads).toBe(0);
  const answers = await Promise.all(['/api/notes/a', '/api/notes/b%20c'].map(async (path) => app.request(path)));
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['a', 'b c']);
  expect(loads).toBe(1);
});

it('what a route throws, and what is no route, is for whoever serves it', async () => {
  const app = served(async () => api());
  const broken = await app.request('/api/broken');
  expect([broken.status, await broken.text()]).toEqual([500, 'failed: why']);
  const none = await app.request('/api/none');
  expect([none.status, await none.text()]).toEqual([404, 'elsewhere']);
});

it('one that could not be loaded is loaded again', async () => {
  let fails = true;
  const app = served(async () => {
    if (fails) throw new Error('no memory');
    return api();
  });
  expect(await (await app.request('/api/notes/a')).text()).toBe('failed: no memory');
  fails = false;
  expect(await (await app.request('/api/notes/a')).text()).toBe('a');
});
