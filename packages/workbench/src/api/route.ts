import type { z } from 'zod';
import type { Services } from './services.js';

/** What a route answers with that is not JSON. */
export interface OtherContent {
  /** Media type. */
  readonly type: string;
  readonly description: string;
}

/** One thing that can be asked of the workbench, as data: the server and its description are made from it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below `/api`; `:name` is a parameter. */
  readonly path: `/${string}`;
  /** A few words in the imperative. */
  readonly summary: string;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType | OtherContent;
  handle(asked: Asked, services: Services): unknown;
}

/** A request whose parts have been checked. */
export interface Asked<Query = unknown, Body = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
}

interface Spec<Query extends z.ZodType, Body extends z.ZodType> {
  readonly summary: string;
  /** Parameters of the address, which are text; strict, so that a misspelt one is told. */
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: z.ZodType | OtherContent;
}

type Handler<Query, Body> = (asked: Asked<Query, Body>, services: Services) => unknown;

/** A route that reads. The handler answers with a value of the schema, or a Response for other content. */
export function get<Query extends z.ZodType = z.ZodType<unknown>>(
  path: Route['path'],
  spec: Spec<Query, z.ZodType>,
  handle: Handler<z.output<Query>, unknown>,
): Route {
  return { method: 'GET', path, query: undefined, body: undefined, ...spec, handle: handle as Route['handle'] };
}

/** A route that changes something; its body is JSON, or without a schema what the handler reads of the request. */
export function post<Body extends z.ZodType = z.ZodType<unknown>>(
  path: Route['path'],
  spec: Spec<z.ZodType, Body>,
  handle: Handler<unknown, z.output<Body>>,
): Route {
  return { method: 'POST', path, query: undefined, body: undefined, ...spec, handle: handle as Route['handle'] };
}

/** True for an answer that is JSON. */
export function isSchema(answer: Route['answer']): answer is z.ZodType {
  return 'safeParse' in answer;
}
