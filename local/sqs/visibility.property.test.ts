import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSqs } from './index.ts';

const url = 'http://x/000000000000/q';

type Step =
  | { readonly kind: 'send'; readonly delaySeconds: number }
  | { readonly kind: 'receive'; readonly limit: number; readonly hideSeconds: number }
  | { readonly kind: 'delete' | 'hide'; readonly pick: number; readonly hideSeconds: number }
  | { readonly kind: 'pass'; readonly seconds: number };

const seconds = fc.integer({ min: 0, max: 20 });
const pick = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), delaySeconds: seconds }),
  fc.record({ kind: fc.constant('receive' as const), limit: fc.integer({ min: 1, max: 10 }), hideSeconds: seconds }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'hide' as const), pick, hideSeconds: seconds }),
  fc.record({ kind: fc.constant('pass' as const), seconds }),
);

it('hands out exactly the messages that are visible, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const queue = new QueueBesideModel();
      for (const each of steps) {
        const { actual, expected } = await queue.take(each);
        expect(actual).toEqual(expected);
      }
      queue.close();
    }),
    { numRuns: 60 },
  );
});

/** A queue and, beside it, what it should hold: each message by its body, with when it is visible and its last handle. */
class QueueBesideModel {
  readonly #store = new Store(':memory:');
  readonly #expected = new Map<string, { visibleAtMs: number; handle: string | null }>();
  readonly #handles: { body: string; handle: string }[] = [];
  readonly #call: (operation: string, input: JsonObject) => Promise<JsonObject>;
  #nowMs = 0;
  #sent = 0;

  constructor() {
    const clock: Clock = { now: () => this.#nowMs, at: () => ({ cancel: () => undefined }) };
    const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
    const sqs = createSqs({ store: this.#store, clock, activity: new Activity(), place, endpoint: () => 'http://x' });
    sqs.ensureQueue('q');
    this.#call = async (operation, input) => {
      const answer = await sqs.operations[operation]?.run(
        { QueueUrl: url, ...input },
        { kind: 'operator', traceId: null },
      );
      return answer ?? {};
    };
  }

  close(): void {
    this.#store.close();
  }

  /** Does a step and says what came of it beside what should have. */
  async take(one: Step): Promise<Comparison> {
    switch (one.kind) {
      case 'send':
        return this.#send(one.delaySeconds);
      case 'receive':
        return this.#receive(one.limit, one.hideSeconds);
      case 'delete':
        return this.#delete(one.pick);
      case 'hide':
        return this.#hide(one.pick, one.hideSeconds);
      case 'pass':
        this.#nowMs += one.seconds * 1000;
        return SAME;
    }
  }

  async #send(delaySeconds: number): Promise<Comparison> {
    this.#sent += 1;
    const body = `m${this.#sent}`;
    await this.#call('SendMessage', { MessageBody: body, DelaySeconds: delaySeconds });
    this.#expected.set(body, { visibleAtMs: this.#nowMs + delaySeconds * 1000, handle: null });
    return SAME;
  }

  async #receive(limit: number, hideSeconds: number): Promise<Comparison> {
    const visible = [...this.#expected]
      .filter(([, { visibleAtMs }]) => visibleAtMs <= this.#nowMs)
      .map(([body]) => body);
    const input = { MaxNumberOfMessages: limit, VisibilityTimeout: hideSeconds };
    const messages = ((await this.#call('ReceiveMessage', input))['Messages'] ?? []) as readonly JsonObject[];
    const bodies = new Set<string>();
    for (const message of messages) {
      const [body, handle] = [String(message['Body']), String(message['ReceiptHandle'])];
      bodies.add(body);
      this.#expected.set(body, { visibleAtMs: this.#nowMs + hideSeconds * 1000, handle });
      this.#handles.push({ body, handle });
    }
    const count = Math.min(limit, visible.length);
    return {
      actual: {
        answers: messages.length,
        different: bodies.size,
        hidden: [...bodies].filter((body) => !visible.includes(body)),
      },
      expected: { answers: count, different: count, hidden: [] },
    };
  }

  async #delete(picked: number): Promise<Comparison> {
    const held = this.#handles[picked % Math.max(1, this.#handles.length)];
    if (held === undefined) return SAME;
    await this.#call('DeleteMessage', { ReceiptHandle: held.handle });
    if (this.#expected.get(held.body)?.handle === held.handle) this.#expected.delete(held.body);
    return SAME;
  }

  async #hide(picked: number, hideSeconds: number): Promise<Comparison> {
    const held = this.#handles[picked % Math.max(1, this.#handles.length)];
    if (held === undefined) return SAME;
    const known = this.#expected.get(held.body);
    const isInFlight = known?.handle === held.handle && known.visibleAtMs > this.#nowMs;
    const input = { ReceiptHandle: held.handle, VisibilityTimeout: hideSeconds };
    const refusal = await this.#call('ChangeMessageVisibility', input).then(
      () => null,
      (error: Error) => error.name,
    );
    if (isInFlight) {
      this.#expected.set(held.body, { handle: held.handle, visibleAtMs: this.#nowMs + hideSeconds * 1000 });
    }
    return { actual: refusal, expected: isInFlight ? null : 'MessageNotInflight' };
  }
}

interface Comparison {
  readonly actual: unknown;
  readonly expected: unknown;
}

const SAME: Comparison = { actual: null, expected: null };
