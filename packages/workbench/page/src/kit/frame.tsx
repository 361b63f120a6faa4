import { type ReactNode, useEffect, useState } from 'react';
import { useAsked } from '../api/use-asked.js';
import { pages } from '../pages.js';
import { Link, useAddress } from '../router.js';
import { SavePage } from './save-page.js';
import { chooseTheme, chosenTheme, themes } from './theme.js';

interface About {
  readonly version: string;
  readonly notice: string;
  readonly folder: string;
}

/** What stands around every page: the bar, the page's name for tab and screen reader, the notice below. */
export function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { path } = useAddress();
  const { answer: about } = useAsked<About>('/about');
  const [theme, setTheme] = useState(chosenTheme);
  useEffect(() => {
    document.title = `${title} · Chromaray`;
  }, [title]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="bar">
        <nav aria-label="Pages">
          {pages
            .filter(({ inBar }) => inBar)
            .map((page) => (
              <Link key={page.path} href={page.path} aria-current={page.path === path ? 'page' : undefined}>
                {page.title}
              </Link>
            ))}
        </nav>
        <span className="folder" title={about?.folder}>
          <bdi>{about?.folder}</bdi>
        </span>
        <SavePage />
        <label className="only-live">
          Theme{' '}
          <select
            value={theme}
            onChange={({ target }) => {
              const chosen = themes.find((one) => one === target.value)!;
              chooseTheme(chosen);
              setTheme(chosen);
            }}
          >
            {themes.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>{about === undefined ? null : `${about.notice} Chromaray ${about.version}.`}</footer>
    </>
  );
}
