import type * as sdk from '@aws-sdk/client-sesv2';
import { type ClientConfig, commandOf, type Service, ServiceClient } from './service-client.ts';

export const SendEmailCommand = /* @__PURE__ */ commandOf<sdk.SendEmailCommandInput, sdk.SendEmailCommandOutput>(
  'SendEmail',
);

const SES: Service = {
  host: 'email',
  signingName: 'ses',
  pauseMs: 100,
  // SES names an operation by its path. This is the one that is called.
  wire: () => ({ path: '/v2/email/outbound-emails', headers: { 'content-type': 'application/json' } }),
  errors: {},
};

export class SESv2Client extends ServiceClient {
  constructor(config: ClientConfig) {
    super(SES, config);
  }
}
