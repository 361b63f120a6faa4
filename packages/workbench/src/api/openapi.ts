import { programVersion } from '@chromaray/base';
import { errorAnswerSchema } from '@chromaray/web';
import { z } from 'zod';
import { isSchema, type Route } from './route.js';

type Json = { [key: string]: unknown };

/** The description of all routes as an OpenAPI 3.1 document. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chromaray workbench',
      version: programVersion(),
      description:
        'For research use only, not for diagnosis. Every request carries the token of this start: `Authorization: Bearer <token>`.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: jsonSchema(errorAnswerSchema) },
    },
  };
}

function operation({ path, summary, query, body, answer }: Route): Json {
  return {
    summary,
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body) } } } }),
    responses: {
      200: isSchema(answer)
        ? { description: 'The answer.', content: { 'application/json': { schema: jsonSchema(answer) } } }
        : { description: answer.description, content: { [answer.type]: {} } },
      default: {
        description: 'What went wrong, and what to do.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(query) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', schema },
    required: required.includes(name),
  }));
}

/** As it is written by whoever asks, and answered: what a schema turns values into is nobody's business. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
}
