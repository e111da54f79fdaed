import * as z from 'zod';
import type { Telemetry } from '../../shared/ports/index.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './http.ts';
import { personOf, type TokenHolder } from './signed-in.ts';

/** Binds a handler to HTTP routes of people who are signed in: 401 for anybody else, 400 for input that does not fit. */
export function fromSignedIn(
  name: string,
  telemetry: Telemetry,
  handle: (request: HttpRequest, person: TokenHolder) => Promise<HttpAnswer>,
) {
  return fromHttp(name, telemetry, async (request) => {
    const person = personOf(request);
    if (person === null) return json(401, { message: 'Please sign in.' });
    try {
      return await handle(request, person);
    } catch (error) {
      if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
      throw error;
    }
  });
}
