import { z } from 'zod';
import { get, post, type Route } from '../api/route.js';
import { pictureAnswer, rawPixels } from '../pictures/picture-answer.js';

export const pictureRoutes: readonly Route[] = [
  post(
    '/pictures',
    {
      summary: 'Bring a picture: the bytes of an image or DICOM file as the body, which stay in a folder of this start',
      answer: z.strictObject({
        id: z.string(),
        width: z.number().int(),
        height: z.number().int(),
        bits: z.number().int(),
      }),
    },
    async ({ request }, { dropped, work }) => {
      const id = await dropped.receive(request);
      try {
        const { header } = await work.ask('gray', dropped.place(id), request.signal);
        return { id, width: header.width, height: header.height, bits: header.bits };
      } catch (error) {
        dropped.forget(id);
        throw error;
      }
    },
  ),
  get(
    '/pictures/:picture',
    { summary: 'A picture that was brought, as a viewer windows it: every bit of its file', answer: rawPixels },
    async ({ params, request }, { dropped, work }) => {
      const { data, header } = await work.ask('gray', dropped.place(params.picture!), request.signal);
      return pictureAnswer(data, header);
    },
  ),
];
