import { workflows } from '../agents/index.ts';
import { absenceByApi } from './people/absence-by-api.ts';
import { absenceByForm } from './people/absence-by-form.ts';
import { asSignedIn } from './triggers/from-signed-in.ts';
import { fromHttp } from './triggers/http.ts';
import { clock, ids, people, publicUrl, signIn, telemetry } from './wiring.ts';

const ports = {
  workflows,
  people: people(),
  signIn: signIn(),
  publicUrl: publicUrl(),
  clock,
  ids,
  telemetry: telemetry(),
};

/** When somebody is away and who answers for them, by the form of the inbox or by the API. */
export const handler = fromHttp('set-absence', ports.telemetry, async (request) =>
  request.routeKey === 'POST /inbox/absence'
    ? absenceByForm(ports, request)
    : asSignedIn(request, (person) => absenceByApi(ports, request, person)),
);
