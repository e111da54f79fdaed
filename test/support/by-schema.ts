import * as z from 'zod';
import type { Json } from '../../shared/contracts/index.ts';

const Schema: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    type: z.string().optional(),
    const: z.json().optional(),
    enum: z.array(z.json()).optional(),
    anyOf: z.array(Schema).optional(),
    properties: z.record(z.string(), Schema).optional(),
    $ref: z.string().optional(),
    $defs: z.record(z.string(), Schema).optional(),
    format: z.string().optional(),
  }),
);
interface Node {
  readonly type?: string | undefined;
  readonly const?: Json | undefined;
  readonly enum?: readonly Json[] | undefined;
  readonly anyOf?: readonly Node[] | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly $ref?: string | undefined;
  readonly $defs?: Readonly<Record<string, Node>> | undefined;
  readonly format?: string | undefined;
}

/** The least that fits the schema which a request to the Messages API asks its answer to have. */
export function leastBySchema(body: Readonly<Record<string, unknown>>): Json {
  const { output_config: config } = z
    .looseObject({ output_config: z.looseObject({ format: z.looseObject({ schema: Schema }) }) })
    .parse(body);
  const { schema } = config.format;
  return leastOf(schema, schema.$defs ?? {});
}

function leastOf(node: Node, named: Readonly<Record<string, Node>>): Json {
  if (node.$ref !== undefined) return leastOf(named[node.$ref.replace('#/$defs/', '')] ?? {}, named);
  if (node.const !== undefined) return node.const;
  if (node.enum !== undefined) return node.enum[0] ?? null;
  if (node.anyOf?.[0] !== undefined) return leastOf(node.anyOf[0], named);
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([name, of]) => [
          name,
          name === 'confidence' ? 0.9 : leastOf(of, named),
        ]),
      );
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    case 'string':
      return node.format === 'email' ? 'somebody@remit.example' : 'none';
    default:
      return null;
  }
}
