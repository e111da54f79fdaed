/** Why the service would not take a request. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly problem: string;
}

interface Asked {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
}

type Body = Asked['body'];

/** The first thing that the service objects to, in its own order: address, key, version, then the body. */
export function refusalOf({ path, method, headers, body, key }: Asked): Refusal | null {
  if (path !== '/v1/messages' || method !== 'POST')
    return { status: 404, type: 'not_found_error', problem: 'Not found' };
  const given = headers['x-api-key'] ?? /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  if (given !== key) return { status: 401, type: 'authentication_error', problem: 'invalid x-api-key' };
  const problem =
    headers['anthropic-version'] === undefined ? 'anthropic-version: header is required' : bodyProblem(body);
  return problem === null ? null : { status: 400, type: 'invalid_request_error', problem };
}

function bodyProblem(body: Body): string | null {
  return requiredProblem(body) ?? modelProblem(body) ?? toolProblem(body) ?? formatProblem(body) ?? cacheProblem(body);
}

function requiredProblem(body: Body): string | null {
  if (typeof body['model'] !== 'string' || body['model'] === '') return 'model: Field required';
  if (!Number.isInteger(body['max_tokens'])) return 'max_tokens: Field required';
  const messages = listOf(body['messages']);
  if (messages.length === 0) return 'messages: at least one message is required';
  if (messages[0]?.['role'] !== 'user') return 'messages: first message must use the "user" role';
  if (messages.some(({ content }) => content === '')) return 'messages: text content blocks must be non-empty';
  if (body['stream'] === true) return 'stream: this fake does not stream';
  return null;
}

/** Models that think always take neither a forced tool nor settings of sampling, nor the start of an answer. */
function modelProblem(body: Body): string | null {
  if (!/-5-[12345]$/.test(String(body['model']))) return null;
  const forced = ['any', 'tool'].includes(String(objectOf(body['tool_choice'])['type']));
  if (forced) return 'tool_choice: tool_choice that forces tool use is not supported by this model';
  if (objectOf(body['thinking'])['type'] === 'disabled') return 'thinking: "disabled" is not supported by this model';
  const sampling = ['temperature', 'top_p', 'top_k'].find((name) => body[name] !== undefined);
  if (sampling !== undefined) return `${sampling}: sampling parameters are not supported by this model`;
  return null;
}

/** Every result answers a call of the message before it, and calls need their tools. */
function toolProblem(body: Body): string | null {
  const messages = listOf(body['messages']);
  for (const [at, { content }] of messages.entries()) {
    const before = new Set(blocks(messages[at - 1]?.['content'], 'tool_use').map(({ id }) => id));
    const stray = blocks(content, 'tool_result').find(({ tool_use_id: id }) => !before.has(id));
    if (stray !== undefined) return `messages.${at}: unexpected tool_use_id found in tool_result blocks`;
    if (blocks(content, 'tool_use').length > 0 && listOf(body['tools']).length === 0) {
      return 'tools: Field required when the messages hold tool_use blocks';
    }
  }
  const tool = listOf(body['tools']).find(
    ({ strict, input_schema: schema }) => strict === true && schemaProblem(schema),
  );
  return tool === undefined ? null : `tools: ${schemaProblem(tool['input_schema'])}`;
}

function formatProblem(body: Body): string | null {
  const format = objectOf(body['output_config'])['format'];
  if (format === undefined || format === null) return null;
  const { type, schema } = objectOf(format);
  if (type !== 'json_schema') return 'output_config.format.type: Input should be "json_schema"';
  const problem = schemaProblem(schema);
  return problem === null ? null : `output_config.format.schema: ${problem}`;
}

const NOT_SUPPORTED = ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'maxItems', 'oneOf', 'default'];

/** What structured output and strict tools do not allow in a schema. */
function schemaProblem(schema: unknown): string | null {
  const { type, properties, items, anyOf, ...rest } = objectOf(schema);
  const unsupported = NOT_SUPPORTED.find((name) => name in rest);
  if (unsupported !== undefined) return `For '${String(type)}' type, property '${unsupported}' is not supported`;
  if (type === 'object' && rest['additionalProperties'] !== false) {
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  }
  const below = [...Object.values(objectOf(properties)), ...(items === undefined ? [] : [items]), ...listOf(anyOf)];
  return below.map(schemaProblem).find((problem) => problem !== null) ?? null;
}

function cacheProblem(body: Body): string | null {
  const marked = JSON.stringify(body).split('"cache_control"').length - 1;
  return marked > 4 ? `A maximum of 4 blocks with cache_control may be provided. Found ${marked}.` : null;
}

function blocks(content: unknown, type: string): Record<string, unknown>[] {
  return listOf(content).filter((block) => block['type'] === type);
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
