import * as z from 'zod';
import type { Absence } from '../../shared/contracts/index.ts';
import { type AbsencePorts, readAbsence, SetAbsence, setAbsence } from '../../shared/operations/set-absence.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';
import { readBody } from '../triggers/read-body.ts';
import type { TokenHolder } from '../triggers/signed-in.ts';

const Moment = z.iso.datetime({ offset: true });
const Body = z.strictObject({ from: Moment, until: Moment, delegate: z.email().nullable().default(null) });

/** `GET`, `PUT` and `DELETE /api/me/absence`: one's own, and nobody else's. */
export async function absenceByApi(
  ports: AbsencePorts,
  request: HttpRequest,
  { email }: TokenHolder,
): Promise<HttpAnswer> {
  const person = z.email().safeParse(email);
  if (!person.success) return json(403, { message: 'Sign in with your address: this token names nobody by it.' });
  switch (request.routeKey.split(' ')[0]) {
    case 'PUT':
      return put(ports, person.data, request);
    case 'DELETE':
      await setAbsence.run(ports, { person: person.data, absence: null });
      return json(200, { absence: null });
    default: {
      const { absence, changes } = await readAbsence.run(ports, { person: person.data });
      const said = changes.map((change) => ({ ...change, absence: change.absence && written(change.absence) }));
      return json(200, { absence: absence && written(absence), changes: said });
    }
  }
}

async function put(ports: AbsencePorts, person: string, request: HttpRequest): Promise<HttpAnswer> {
  const { from, until, delegate } = readBody(request, Body);
  const absence = { fromMs: Date.parse(from), untilMs: Date.parse(until), delegate };
  const receipt = await setAbsence.run(ports, SetAbsence.parse({ person, absence }));
  if (receipt.kind === 'refused') return json(422, { message: receipt.problem });
  return json(200, { absence: receipt.absence && written(receipt.absence) });
}

function written({ fromMs, untilMs, delegate }: Absence) {
  return { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString(), delegate };
}
