import { Hono } from 'hono';

/** Nothing of the interface is under an address: whoever serves it says so. */
class NotOfTheInterface extends Error {}

/**
 * An interface that is loaded when it is first asked for, so that an address can be told before all that stands behind it is there.
 *
 * @param load is called once, again only where it failed
 */
export function lazyApi(load: () => Promise<Hono>): Hono {
  let loading: Promise<Hono> | undefined;
  const loaded = (): Promise<Hono> => {
    loading ??= load().then(
      (api) => {
        // As a part of what serves it: what its routes throw is answered there.
        const inner = new Hono().route('/api', api);
        inner.onError((error) => {
          throw error;
        });
        inner.notFound(() => {
          throw new NotOfTheInterface();
        });
        return inner;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const api = new Hono();
  api.all('*', async ({ req }, next) => {
    try {
      return await (await loaded()).fetch(req.raw);
    } catch (error) {
      if (!(error instanceof NotOfTheInterface)) throw error;
      await next();
      return undefined;
    }
  });
  return api;
}
