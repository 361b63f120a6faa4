import { useEffect, useRef } from 'react';

/** What drawings of the program are made of. */
const elements = new Set(
  'svg g defs title desc path line rect circle ellipse polygon polyline text tspan clipPath linearGradient stop marker'.split(
    ' ',
  ),
);

/**
 * A drawing that the program made, as in the report: on paper in both themes, because its colours are made for it. It comes
 * from a study's folder, which may come from anybody: whatever is no drawing is left out.
 */
export function Drawing({ svg }: { readonly svg: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = harmless(svg);
    if (drawn !== undefined) host.current!.replaceChildren(drawn);
  }, [svg]);
  return <div className="paper" ref={host} />;
}

/** Undefined for text that is no SVG. */
export function harmless(svg: string): SVGSVGElement | undefined {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  if (!(root instanceof SVGSVGElement)) return undefined;
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (!(element instanceof SVGElement) || !elements.has(element.localName)) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes])
      if (/^on|href$|^style$|^class$/i.test(name) || (/url\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value)))
        element.removeAttribute(name);
  }
  return document.importNode(root, true);
}
