import type * as sdk from '@aws-sdk/client-secrets-manager';
import { type ClientConfig, commandOf, jsonWire, type Service, ServiceClient } from './service-client.ts';
import { ServiceError } from './service-error.ts';

export const GetSecretValueCommand = /* @__PURE__ */ commandOf<
  sdk.GetSecretValueCommandInput,
  sdk.GetSecretValueCommandOutput
>('GetSecretValue');

export class ResourceNotFoundException extends ServiceError {}

const SECRETS_MANAGER: Service = {
  host: 'secretsmanager',
  signingName: 'secretsmanager',
  pauseMs: 100,
  wire: jsonWire('1.1', 'secretsmanager'),
  errors: { ResourceNotFoundException },
};

export class SecretsManagerClient extends ServiceClient {
  constructor(config: ClientConfig) {
    super(SECRETS_MANAGER, config);
  }
}
