import { availableColorizer, availableNames, contracts, untrainedNames } from '@chromaray/colour';
import { type ColourSpec, colourSchema, mapsOf } from '@chromaray/contracts';
import { colouringNames } from '@chromaray/imaging';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';
import { pictureAnswer, rawPixels } from '../pictures/picture-answer.js';
import { placeOf, sourceSchema } from '../pictures/source.js';

/** JSON in an address, as its schema says. */
const json = <Schema extends z.ZodType>(schema: Schema, most: number) =>
  z
    .string()
    .max(most)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** Colours on one sheet. */
const mostColours = 24;

const colorizerSchema = z.strictObject({
  name: z.string(),
  /** What it takes and gives, in words. */
  summary: z.string(),
  /** The factor it works at where none is chosen, and those it works at; null: any. */
  standard: z.number().int(),
  factors: z.array(z.number().int()).nullable(),
});

export const choicesSchema = z.strictObject({
  /** Names of maps; `seeded` and `ofAnother` are those that take a seed, and another map's entries. */
  maps: z.array(z.string()),
  seeded: z.array(z.string()),
  ofAnother: z.array(z.string()),
  colorizers: z.array(colorizerSchema),
  /** Untrained twins of colorizers, which take a seed. */
  untrained: z.array(z.string()),
});

export const labRoutes: readonly Route[] = [
  get('/lab/choices', { summary: 'The colours there are on this machine', answer: choicesSchema }, () => ({
    maps: colouringNames,
    seeded: mapsOf.seed,
    ofAnother: mapsOf.of,
    colorizers: availableNames().map((name) => {
      const colorizer = availableColorizer(name)!;
      const { summary, renderFactor } = contracts[colorizer.contract];
      const allowed = colorizer.renderFactors ?? (renderFactor.allowed === 'any' ? null : renderFactor.allowed);
      return { name, summary, standard: renderFactor.standard, factors: allowed };
    }),
    untrained: untrainedNames(),
  })),
  get(
    '/lab/coloured',
    {
      summary: 'A picture in the colours that an arm would have, with what is left of its brightness in the header',
      query: sourceSchema.extend({ colour: json(colourSchema, 500) }),
      answer: rawPixels,
    },
    async ({ query: { colour, ...source }, request }, services) => {
      const asks = { ...placeOf(source, services), colour: colour as ColourSpec };
      const { header, data, luma, seconds } = await services.work.ask('coloured', asks, request.signal);
      return pictureAnswer(data, { ...header, about: { luma, seconds } });
    },
  ),
  get(
    '/lab/sheet',
    {
      summary: 'A picture in several colours side by side, with their names',
      query: sourceSchema.extend({ colours: json(z.array(colourSchema).min(1).max(mostColours), 6000) }),
      answer: { type: 'image/png', description: 'Gray first, then the colours in the order asked for.' },
    },
    async ({ query: { colours, ...source }, request }, services) => {
      const asks = { ...placeOf(source, services), colours: (colours as ColourSpec[]).map((colour) => ({ colour })) };
      const png = await services.work.ask('sheet', asks, request.signal);
      return new Response(png as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': 'image/png' } });
    },
  ),
];
