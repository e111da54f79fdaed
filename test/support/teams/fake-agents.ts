import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../shared/contracts/index.ts';
import { FAKE_KEY } from '../fake-anthropic.ts';
import { errorReply, structured } from '../fake-anthropic-replies.ts';
import { refusalOf } from '../fake-anthropic-rules.ts';
import { send } from '../fake-anthropic-wire.ts';

/** What an agent is asked: the case as data, as it stands in the question to the model. */
export interface Asked {
  readonly agent: string;
  readonly handOver: JsonObject | null;
  readonly toldByPeople: readonly JsonObject[];
}

/** A loopback Messages API that answers as each agent would, told apart by their instructions. */
export interface FakeAgents {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** From now on they say this. */
  readonly play: (scripts: Scripts) => void;
  /** Holds every answer back until so many agents have been asked and wait at the same time. */
  readonly gather: (count: number) => void;
  readonly stop: () => Promise<void>;
}

export type Scripts = Readonly<Record<string, (asked: Asked) => JsonObject>>;

/** Instructions that tell the fake whom it plays. */
export function instructionsOf(agent: string): string {
  return `You are the agent ${agent} of a test.`;
}

export async function startFakeAgents(): Promise<FakeAgents> {
  let scripts: Scripts = {};
  const asked: Asked[] = [];
  const waiting: (() => void)[] = [];
  let wanted = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const { url: path = '', method = '' } = incoming;
    const refused = refusalOf({ path, method, headers, body, key: FAKE_KEY });
    if (refused !== null) return send(outgoing, errorReply(refused.status, refused.type, refused.problem));
    const question = questionIn(body);
    asked.push(question);
    await turnOf(waiting, () => wanted);
    const script = scripts[question.agent];
    if (script === undefined) return send(outgoing, errorReply(400, 'invalid_request_error', 'No such agent.'));
    const answer = {
      judgement: script(question),
      reasons: [`${question.agent} says so.`],
      confidence: 0.9,
      doubts: [],
    };
    return send(outgoing, structured({ ...answer, cites: ['crm-history'] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    play: (next) => {
      scripts = next;
      asked.splice(0);
      wanted = 0;
    },
    gather: (count) => {
      wanted = count;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until as many are asked as are wanted together. */
function turnOf(waiting: (() => void)[], wanted: () => number): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length >= wanted()) for (const go of waiting.splice(0)) go();
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function questionIn(body: Readonly<Record<string, unknown>>): Asked {
  const agent = /You are the agent ([a-z-]+) of a test/.exec(JSON.stringify(body['system']))?.[1] ?? '';
  const [message] = body['messages'] as { readonly content: string }[];
  const text = message?.content ?? '';
  const { handOver = null, factsFromPeople = [] } = JSON.parse(text.slice(text.indexOf('{')));
  return { agent, handOver, toldByPeople: factsFromPeople };
}
