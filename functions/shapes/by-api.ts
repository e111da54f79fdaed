import * as z from 'zod';
import { RequestId, ShapeChoice } from '../../shared/contracts/index.ts';
import { listShapes } from '../../shared/operations/list-shapes.ts';
import { REMEMBER_PROOF } from '../../shared/operations/may-remember.ts';
import { type Remembered, type RememberShapePorts, rememberShape } from '../../shared/operations/remember-shape.ts';
import { RevokeShape, type RevokeShapePorts, revokeShape } from '../../shared/operations/revoke-shape.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';
import { readBody } from '../triggers/read-body.ts';
import type { TokenHolder } from '../triggers/signed-in.ts';

const RememberBody = ShapeChoice.extend({ confirm: z.string().nullable().default(null) });

/** `POST /api/requests/{id}/remember`: 200 with what would be remembered; 201 once it is confirmed. */
export async function rememberByApi(
  ports: RememberShapePorts,
  request: HttpRequest,
  person: TokenHolder,
): Promise<HttpAnswer> {
  const requestId = RequestId.safeParse(request.pathParameters?.['id']);
  const by = z.email().safeParse(person.email);
  if (!by.success) return json(401, { message: 'Please sign in.' });
  if (!requestId.success) return json(404, { message: 'There is no such request.' });
  const { confirm, ...choice } = readBody(request, RememberBody);
  const command = { requestId: requestId.data, by: by.data, proof: REMEMBER_PROOF, choice, confirm };
  return answerTo(await rememberShape.run(ports, command));
}

/** `DELETE /api/shapes/{id}`, with the reason in the body or as `?reason=`: 200 with the shape as it ended. */
export async function revokeByApi(
  ports: RevokeShapePorts,
  request: HttpRequest,
  person: TokenHolder,
): Promise<HttpAnswer> {
  const body = readBody(request, z.strictObject({ reason: RevokeShape.shape.reason.optional() }));
  const reason = RevokeShape.shape.reason.safeParse(body.reason ?? request.queryStringParameters?.['reason']);
  if (!reason.success) return json(400, { message: 'Please say why: {"reason":"…"}.' });
  const shapeId = request.pathParameters?.['id'] ?? '';
  const revoked = await revokeShape.run(ports, { shapeId, by: person.email, reason: reason.data });
  switch (revoked.kind) {
    case 'revoked':
      return json(200, revoked.shape);
    case 'unknown':
      return json(404, { message: revoked.problem });
    case 'not-allowed':
      return json(403, { message: revoked.problem });
  }
}

/** `GET /api/workflows/{id}/shapes` */
export async function listShapesByApi(
  ports: Parameters<typeof listShapes.run>[0],
  request: HttpRequest,
): Promise<HttpAnswer> {
  const items = await listShapes.run(ports, { workflow: request.pathParameters?.['id'] ?? '' });
  return items === null ? json(404, { message: 'There is no such workflow.' }) : json(200, { items });
}

function answerTo(remembered: Remembered): HttpAnswer {
  switch (remembered.kind) {
    case 'preview':
      return json(200, remembered.preview);
    case 'remembered':
      return json(201, { shape: remembered.shape, sentence: remembered.sentence });
    case 'changed':
      return json(409, { message: 'This is not what was shown, or it has changed since.', ...remembered.preview });
    case 'not-approved':
      return json(409, { message: remembered.problem });
    case 'not-allowed':
      return json(403, { message: remembered.problem });
    case 'unfit':
      return json(400, { message: remembered.problem });
    case 'unknown':
      return json(404, { message: remembered.problem });
  }
}
