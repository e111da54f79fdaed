import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../contracts/index.ts';
import type { RequestParts } from './request-view.ts';
import { action, mailSchema, sampleCase, turn } from './sample-lead.ts';
import { hotLead } from './sample-requests.ts';

/** Texts that attack whoever shows them, in chunks of many; null where the collection is not at hand. Serves tests. */
export function hostileTexts(folder: string): { name: string; text: string }[] | null {
  try {
    const lines = readFileSync(join(folder, 'xss/xss-payload-list.txt'), 'utf8').split('\n');
    const chunks = Array.from({ length: Math.ceil(lines.length / 64) }, (_, n) => ({
      name: `payloads from ${n * 64}`,
      text: lines.slice(n * 64, (n + 1) * 64).join('\n'),
    }));
    return [...chunks, ...mailCases(folder), ...unicodeCases(folder)];
  } catch (error) {
    console.warn(`NOT RUN: no attack texts in ${folder}: ${String(error)}`);
    return null;
  }
}

/** The hot lead's request with one text in every place that comes from outside, names of fields included. */
export function requestOf(text: string): RequestParts {
  const named: JsonObject = { [text]: text, list: [text], nested: { [text]: text, deep: [{ [text]: text }] } };
  const draft: JsonObject = { to: text, subject: text, body: text, ...named };
  return {
    ...hotLead,
    request: {
      ...hotLead.request,
      question: text,
      reasons: [text],
      draft,
    },
    case: {
      ...sampleCase,
      input: named,
      problems: [text],
      decision: named,
      decidedBy: text,
      origins: [{ field: 'list', agent: text, tier: 'learned', confidence: 0.5 }],
      readings: [
        { source: 'crm', status: 'incomplete', readAtMs: 0, tookMs: 0, data: named as Json, problems: [text] },
      ],
    },
    action: { ...action, title: text, arguments: draft, intent: { effect: text, target: text }, reasons: [text] },
    workflow: {
      title: text,
      team: text,
      subject: text,
      labels: { list: text, [text]: text },
      agents: { [text]: text, asker: text },
      consequences: { approve: text, edit: text, reject: text, respond: text, deadline: text },
    },
    sourceTitles: { crm: text },
    argumentsSchema: { ...mailSchema, properties: { ...propertiesOf(text) } },
    turns: [
      {
        ...turn,
        agent: text,
        reasons: [text],
        doubts: [text],
        fields: [{ field: text, confidence: 0.5, threshold: 0.8, because: [text] }],
      },
      { ...turn, agent: 'asker', judgement: { next: 'ask', question: text }, reasons: [text] },
      { ...turn, agent: 'planner', judgement: { next: 'delegate', turns: [{ agent: text, handOver: named }] } },
      { ...turn, agent: 'clerk', judgement: { next: 'decide', judgement: named } },
    ],
    votes: {
      rule: 'majority',
      votes: [
        { agent: text, weight: 1, position: named },
        { agent: 'asker', weight: 1, position: { list: 'x' } },
      ],
      ...{ needed: 1, most: 1, carried: null },
    },
    person: text,
  };
}

function propertiesOf(text: string): JsonObject {
  return {
    to: { type: 'string', title: text, description: text },
    subject: { type: 'string' },
    body: { type: 'string' },
    [text]: { type: 'string' },
    choice: { enum: [text, 'other'] },
    choices: { enum: [text, 'a', 'b', 'c', 'd', 'e'] },
    list: { type: 'array', items: { type: 'string' } },
    nested: { type: 'object', properties: { [text]: { type: 'string' } } },
    free: {},
  };
}

function mailCases(folder: string): { name: string; text: string }[] {
  return rows(folder, 'own/email-html-cases.json').map(({ name, html, make }) => ({
    name: `mail: ${String(name)}`,
    text: typeof html === 'string' ? html : made(make),
  }));
}

function made(make: Json | undefined): string {
  const { before, repeat, times, after } = make as { before: string; repeat: string; times: number; after: string };
  return before + repeat.repeat(Math.min(times, 20_000)) + after;
}

function unicodeCases(folder: string): { name: string; text: string }[] {
  return rows(folder, 'own/unicode-attacks.json').map(({ name, json_escaped: escaped }) => ({
    name: `unicode: ${String(name)}`,
    text: JSON.parse(String(escaped)),
  }));
}

function rows(folder: string, file: string): JsonObject[] {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
