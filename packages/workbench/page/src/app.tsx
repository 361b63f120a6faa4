import { type ComponentType, lazy, Suspense } from 'react';
import { Failure } from './kit/failure.js';
import { Frame } from './kit/frame.js';
import { findPage, type PageProps, pages } from './pages.js';
import { useAddress } from './router.js';

/** Each page's code is loaded when it is first shown. */
const components = new Map(pages.map(({ path, load }) => [path, lazy(load) as ComponentType<PageProps>]));

/** The page that the address names, in the frame that all share. */
export function App() {
  const { path } = useAddress();
  const found = findPage(path);
  if (found === undefined)
    return (
      <Frame title="Not found">
        <Failure
          error={{ code: 'CHROMARAY_WEB_NOT_FOUND', message: `There is no page ${path}.`, remedy: 'Choose one above.' }}
        />
      </Frame>
    );
  const Page = components.get(found.page.path)!;
  return (
    <Frame title={found.page.title}>
      <Suspense fallback={<p role="status">Loading the page …</p>}>
        <Page key={path} params={found.params} />
      </Suspense>
    </Frame>
  );
}
