import type { Json } from '../../kernel/service.ts';
import { isObject } from '../../template/intrinsics.ts';
import type { SurfaceParts } from '../parts.ts';

/** One sentence that says whether agents reach a system itself, or what stands in for it here. */
export async function standingOf(parts: SurfaceParts, system: string, secret: string): Promise<string> {
  const name = parts.secretNames.find((one) => one.endsWith(`connector/${secret}`));
  if (name === undefined) {
    return `No workflow of this stack uses ${system} itself: what agents do stays on this machine.`;
  }
  if (await isSet(parts, name)) {
    return `The secret ${name} is set: agents reach ${system} itself, and here stands only what came before.`;
  }
  return `The secret ${name} is not set: this sandbox stands in for ${system}, and nothing leaves this machine.`;
}

async function isSet(parts: SurfaceParts, name: string): Promise<boolean> {
  const output = await parts.dispatch({
    ...{ service: 'secretsmanager', operation: 'GetSecretValue', input: { SecretId: name } },
    caller: { kind: 'operator', traceId: null },
  });
  const text = output['SecretString'];
  if (typeof text !== 'string' || text.trim() === '') return false;
  const value = JSON.parse(text) as Json;
  return isObject(value) && Object.entries(value).some(([key, one]) => key !== 'unused' && one !== '');
}
