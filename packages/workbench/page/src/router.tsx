import { type AnchorHTMLAttributes, type MouseEvent, useCallback, useSyncExternalStore } from 'react';

const changed = new EventTarget();

/** Goes to an address of the page, as a link does. */
export function goTo(address: string, { replace = false } = {}): void {
  if (address === location.pathname + location.search) return;
  const samePage = address.split('?')[0] === location.pathname;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed.dispatchEvent(new Event('change'));
  if (!samePage) scrollTo(0, 0);
}

function subscribe(listener: () => void): () => void {
  changed.addEventListener('change', listener);
  addEventListener('popstate', listener);
  return () => {
    changed.removeEventListener('change', listener);
    removeEventListener('popstate', listener);
  };
}

/** Where the page is. */
export function useAddress(): { readonly path: string; readonly search: string } {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [path = '/', search = ''] = address.split('?');
  return { path, search };
}

/**
 * A value that lives in the address, so that a link, the back button and a reload show the same.
 *
 * @param otherwise the value where the address does not say; it is then left out of the address
 * @param step true: each change is one step of the back button. Default: the present step is changed
 */
export function useInAddress(
  name: string,
  otherwise = '',
  { step = false } = {},
): readonly [string, (value: string) => void] {
  const { search } = useAddress();
  const value = new URLSearchParams(search).get(name) ?? otherwise;
  const set = useCallback(
    (next: string) => {
      const params = new URLSearchParams(location.search);
      if (next === otherwise) params.delete(name);
      else params.set(name, next);
      const query = params.toString();
      goTo(location.pathname + (query === '' ? '' : `?${query}`), { replace: !step });
    },
    [name, otherwise, step],
  );
  return [value, set];
}

/** A link within the workbench: opens without loading the page anew, and in another tab as every link does. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}

/** The address of a study's page. */
export function studyAddress(study: string, ...below: readonly string[]): string {
  return ['', 'studies', study, ...below].map(encodeURIComponent).join('/');
}

/** A part of an address as its author wrote it; one that was never encoded stays as it is. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
