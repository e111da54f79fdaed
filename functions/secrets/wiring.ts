import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretsManagerSecrets } from '../../shared/aws/secrets-manager-secrets.ts';
import { setting } from '../environment.ts';
import { clock, once } from '../wiring.ts';

export const secrets = /* @__PURE__ */ once(() => {
  const names = {
    webhookPrefix: setting('REMIT_WEBHOOK_SECRET_PREFIX'),
    anthropicApiKey: setting('REMIT_ANTHROPIC_KEY_SECRET'),
  };
  return new SecretsManagerSecrets(new SecretsManagerClient({}), names, clock);
});
