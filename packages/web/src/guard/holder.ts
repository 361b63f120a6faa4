import type { Context } from 'hono';

/** The name under which a request's context holds whose token it shows. */
const key = 'holder';

export function setHolder(context: Context, holder: string): void {
  context.set(key, holder);
}

/** Whose token the request shows; empty where all have one. */
export function holderOf(context: Context): string {
  return context.get(key) as string;
}
