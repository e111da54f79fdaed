import * as z from 'zod';
import type { Telemetry } from '../../shared/ports/index.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './http.ts';
import { UnfitBody } from './read-body.ts';
import { personOf, type TokenHolder } from './signed-in.ts';

/** Binds a handler to HTTP routes of people who are signed in: 401 for anybody else, 400 for input that does not fit. */
export function fromSignedIn(
  name: string,
  telemetry: Telemetry,
  handle: (request: HttpRequest, person: TokenHolder) => Promise<HttpAnswer>,
) {
  return fromHttp(name, telemetry, async (request) => {
    try {
      return await asSignedIn(request, (person) => handle(request, person));
    } catch (error) {
      if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
      throw error;
    }
  });
}

/** One route of a function that has others too: 401 for whoever is not signed in, 400 for a body that does not fit. */
export async function asSignedIn(
  request: HttpRequest,
  handle: (person: TokenHolder) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const person = personOf(request);
  if (person === null) return json(401, { message: 'Please sign in.' });
  try {
    return await handle(person);
  } catch (error) {
    if (error instanceof UnfitBody) return json(400, { message: error.message });
    throw error;
  }
}
