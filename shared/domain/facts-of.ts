import type { Facts, Workflow } from '../authoring/index.ts';
import type { JsonObject, Reading } from '../contracts/index.ts';

/** The facts that rules and plans see: the input and, per source, what was read of it. */
export function factsOf(workflow: Workflow, input: JsonObject, readings: readonly Reading[]): Facts {
  const sources = Object.keys(workflow.sources).map((id) => {
    const reading = readings.find((candidate) => candidate.source === id && candidate.status !== 'failed');
    const data = reading?.data;
    return [id, isObject(data) ? data : null] as const;
  });
  const given = readings.flatMap(({ source, status, data, arguments: asked = {} }) =>
    status !== 'failed' && isObject(data) ? [{ source, arguments: asked, data }] : [],
  );
  return { input, sources: Object.fromEntries(sources), readings: given };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
