import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { message, type Reply, structured } from './fake-anthropic-replies.ts';

export const PARTNERS = 'partner-research';
export const PARTNER_LEAD = 'partner-lead@remit.example';

/** A sample request, under a name of its own. */
export function sampleRequest(sample: string, requestId: string): Record<string, string> {
  const request = JSON.parse(readFileSync(`agents/partner-research/samples/${sample}.json`, 'utf8'));
  return { ...request, requestId };
}

/** What one agent is asked, as it stands in the question to the model. */
export interface AskedPartner {
  readonly agent: string;
  readonly handOver: JsonObject;
  /** What it has read in this turn, as it was told. */
  readonly read: readonly string[];
}

export type PartnerVoices = Readonly<Record<string, (asked: AskedPartner) => JsonObject | readonly ToolUse[]>>;
export interface ToolUse {
  readonly name: string;
  readonly input: JsonObject;
}

/** Answers as each agent would, told apart by the heading of its instructions: a judgement, or readings that it wants. */
export function partnerVoices(voices: PartnerVoices) {
  const asked: AskedPartner[] = [];
  const reply = ({ body }: { readonly body: Readonly<Record<string, unknown>> }): Reply => {
    const question = questionIn(body);
    asked.push(question);
    const said = voices[question.agent]?.(question) ?? [];
    if (Array.isArray(said)) {
      const calls = (said as ToolUse[]).map((call, at) => ({
        type: 'tool_use',
        id: `toolu_${asked.length}_${at}`,
        ...call,
      }));
      return message(calls, { stopReason: 'tool_use' });
    }
    const cites = question.agent === 'researcher' ? { cites: ['web-search'] } : {};
    return structured({
      judgement: said,
      reasons: [`${question.agent} says so.`],
      confidence: 0.9,
      doubts: [],
      ...cites,
    });
  };
  return { asked, reply };
}

function questionIn(body: Readonly<Record<string, unknown>>): AskedPartner {
  const agent = /# (Planner|Researcher|Assessor|Drafter)\b/.exec(JSON.stringify(body['system']))?.[1] ?? 'nobody';
  const messages = body['messages'] as readonly { readonly content: unknown }[];
  const first = String(messages[0]?.content ?? '');
  const { handOver = {} } = JSON.parse(first.slice(first.indexOf('{'))) as { readonly handOver?: JsonObject };
  const read = messages.slice(1).flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const results = (read as readonly Record<string, unknown>[]).filter(({ type }) => type === 'tool_result');
  return { agent: agent.toLowerCase(), handOver, read: results.map(({ content }) => String(content)) };
}
