import * as z from 'zod';
import { JsonObject } from '../../shared/contracts/index.ts';
import { digestOf } from '../../shared/domain/digest.ts';
import { LabelledError } from '../run/labelled.ts';

/** A line of `whole/requests.jsonl`: what is asked for, and every partner that would be right. */
export const WholeRequest = z.strictObject({
  id: z.string().min(1),
  input: z.strictObject({ input: JsonObject }),
  expected: z.strictObject({
    /** Domains of all that fit; none where nobody does, and reporting nobody is right. */
    partners: z.array(z.string()),
  }),
  /** Why, for whoever looks at the label. */
  note: z.string().min(1),
});
export type WholeRequest = z.infer<typeof WholeRequest>;

/** `whole/web.json`: the made-up outside world in which all requests are asked. */
export const WholeWeb = z.strictObject({
  note: z.string(),
  companies: z.record(z.string(), z.strictObject({ employees: z.int(), industry: z.string(), country: z.string() })),
  /** Stage by e-mail address, of those whom the CRM knows. */
  crm: z.record(z.string(), z.enum(['open', 'customer', 'lost'])),
  pages: z.array(z.strictObject({ title: z.string(), url: z.string(), text: z.string() })),
});
export type WholeWeb = z.infer<typeof WholeWeb>;

/** @throws LabelledError naming the line that does not fit, a company that is not in the web, or an id that stands twice. */
export function parseWhole(name: string, requests: string, web: string): readonly [readonly WholeRequest[], WholeWeb] {
  const world = WholeWeb.parse(JSON.parse(web));
  const lines = requests.split('\n').filter((line) => line.trim() !== '');
  const found = lines.map((line, at) => {
    const parsed = WholeRequest.safeParse(JSON.parse(line));
    if (!parsed.success) throw new LabelledError(`${name}, line ${at + 1}: ${z.prettifyError(parsed.error)}`);
    const gone = parsed.data.expected.partners.find((domain) => !Object.hasOwn(world.companies, domain));
    if (gone !== undefined) throw new LabelledError(`${name}, line ${at + 1}: there is no ${gone} in the web`);
    return parsed.data;
  });
  if (new Set(found.map(({ id }) => id)).size < found.length) throw new LabelledError(`${name}: an id stands twice.`);
  return [found, world];
}

/** Tells the requests, labels and world of a run from those of another. */
export function wholeDigest(requests: readonly WholeRequest[], web: WholeWeb): string {
  const labelled = requests.map(({ id, input, expected }) => ({ id, input, expected }));
  return digestOf(JSON.parse(JSON.stringify({ labelled, web }))).slice(0, 16);
}
