import { findWorkflow, workflows } from '../../agents/index.ts';
import { eventBridgeBus } from '../../shared/aws/event-bridge-bus.ts';
import { SignedReplyStore } from '../../shared/aws/signed-reply-store.ts';
import { keyFromSecret } from '../../shared/aws/signed-secret.ts';
import { bindEffects, bindSources, type Connectors, connectorsOf } from '../../shared/connectors/bind-connectors.ts';
import { REPLY_KEY, replyAddresses } from '../../shared/operations/replies/reply-addresses.ts';
import { EnvironmentError, optional, setting } from '../environment.ts';
import { assets, callsOfRole, clock, dynamoDb, mailer, once } from '../wiring.ts';

// Apart from the other wiring: what is imported later there would be a part of every function.

/** Once: each connector keeps what it read of secrets. */
const outside = /* @__PURE__ */ once(async () => {
  const { outside: made } = await import('./outside.ts');
  return made(dynamoDb(), clock);
});

const noBus = {
  put: async (): Promise<never> => {
    throw new EnvironmentError('The environment variable REMIT_EVENT_BUS is missing, and an action puts events.');
  },
};

/** A function loads just the workflow whose connectors it comes to need. */
function connectorsIn(workflow: string): Connectors {
  const found = findWorkflow(workflow);
  return connectorsOf(found === null ? [] : [found]);
}

export const sources = /* @__PURE__ */ once(() =>
  bindSources(
    async () => ({ ...(await outside()), assets: assets() }),
    (workflow) => connectorsIn(workflow).sources,
  ),
);
export const effects = /* @__PURE__ */ once(() => {
  const bus = optional('REMIT_EVENT_BUS');
  const own = { mailer: mailer(), replies: answersToActions(), bus: bus === null ? noBus : eventBridgeBus(bus) };
  return bindEffects(
    async () => ({ ...(await outside()), ...own }),
    (workflow) => connectorsIn(workflow).actions,
  );
});

/** Where mail comes in; elsewhere nothing is written down for answers, and no key is read. */
const answersToActions = /* @__PURE__ */ once(() => {
  const domain = optional('REMIT_INBOUND_DOMAIN');
  const references = new SignedReplyStore(callsOfRole(), setting('REMIT_CASES_TABLE'));
  if (domain === null) return replyAddresses({ workflows, domain, references, clock, key: async () => '' });
  return replyAddresses({
    ...{ workflows, domain, references, clock },
    key: keyFromSecret(callsOfRole(), setting('REMIT_SUBJECT_KEY_SECRET'), REPLY_KEY),
  });
});
