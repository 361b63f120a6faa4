import { codedError } from '@chromaray/contracts/errors';
import { readJson, readQuery } from '@chromaray/web';
import { Hono } from 'hono';
import { openApi } from './openapi.js';
import type { Route } from './route.js';
import type { Services } from './services.js';

/**
 * The routes as an application, with their description under `/openapi.json`.
 *
 * @param onAnswer is given every answer with its route; tests compare it with the schema
 */
export function createApi(
  routes: readonly Route[],
  services: Services,
  onAnswer: ((route: Route, answer: unknown) => void) | undefined,
): Hono {
  const api = new Hono();
  for (const route of routes) {
    api.on(route.method, route.path, async (context) => {
      const request = context.req.raw;
      const params: Readonly<Record<string, string>> = context.req.param();
      const asked = {
        ...{ params, request },
        query: route.query === undefined ? undefined : readQuery(request, route.query),
        body: route.body === undefined ? undefined : await readJson(request, route.body),
      };
      let answer: unknown;
      try {
        answer = await route.handle(asked, services);
      } catch (error) {
        // A study that is deleted while it is read fails in many ways; its reader is told the reason of them all.
        if (params.study !== undefined) services.workspace.study(params.study);
        throw error;
      }
      onAnswer?.(route, answer);
      if (answer instanceof Response) return answer;
      return context.json(answer as never);
    });
  }
  api.get('/openapi.json', (context) => context.json(openApi(routes)));
  for (const path of new Set(routes.map((route) => route.path)))
    api.all(path, ({ req }) => {
      throw codedError('CHROMARAY_WEB_METHOD', { message: `/api${path} cannot be asked with ${req.method}.` });
    });
  return api;
}
