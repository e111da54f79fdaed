import type { ActionConnector, SourceConnector } from '../../shared/authoring/index.ts';
import { systemClock } from '../../shared/aws/system.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import {
  EffectError,
  type Effects,
  type ObjectStore,
  type OutgoingEvent,
  type Sources,
  type Web,
} from '../../shared/ports/index.ts';
import { effectsAtHand, sourcesAtHand } from './bind-at-hand.ts';
import { MemoryMailer } from './memory-mailer.ts';
import { NO_REPLIES } from './memory-replies.ts';
import { MemorySandbox } from './memory-sandbox.ts';

export interface ConnectorWorld {
  readonly sources: Sources;
  readonly effects: Effects;
  readonly sandbox: MemorySandbox;
  readonly mailer: MemoryMailer;
  readonly events: OutgoingEvent[];
}

/** Connectors as a function binds them, with an outside world of the test's own. */
export function connectorWorld(options: {
  readonly sources?: readonly SourceConnector[];
  readonly actions?: readonly ActionConnector[];
  readonly web?: Web;
  readonly objects?: ObjectStore;
  /** By name; what is missing is not set. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Texts of files in the bundle, by path. */
  readonly files?: Readonly<Record<string, string>>;
}): ConnectorWorld {
  const { sources = [], actions = [], secrets = {}, files = {}, objects = noObjects } = options;
  const sandbox = new MemorySandbox();
  const mailer = new MemoryMailer();
  const events: OutgoingEvent[] = [];
  const web: Web = options.web ?? { send: () => Promise.reject(new Error('this test reaches nothing')) };
  const outside = {
    sandbox,
    web,
    objects,
    clock: systemClock,
    secrets: { read: async (name: string) => secrets[name] ?? null },
  };
  const bus = { put: async (event: OutgoingEvent) => `event-${events.push(event)}` };
  const assets = {
    read: async (path: string) => (files[path] === undefined ? null : new TextEncoder().encode(files[path])),
  };
  return {
    sources: sourcesAtHand({ ...outside, assets, connectorsOf: () => sources }),
    effects: effectsAtHand({ ...outside, mailer, bus, replies: NO_REPLIES, connectorsOf: () => actions }),
    ...{ sandbox, mailer, events },
  };
}

/** Buckets for tests that reach none. */
const nothing = () => Promise.reject(new Error('this test reaches no bucket'));
export const noObjects: ObjectStore = {
  ...{ own: null, get: nothing, head: nothing, list: nothing, putNew: nothing, removeVersion: nothing },
};

/** How a call ended, in the words of the retry rule. */
export async function outcomeOf(call: Promise<JsonObject>): Promise<'done' | 'passing' | 'refused' | 'unsure'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (!(error instanceof EffectError)) return 'unsure';
    return error.isPassing ? 'passing' : 'refused';
  }
}

export const KEY = { idempotencyKey: 'c1.post#1', caseId: 'c1', workflow: 'w' };
