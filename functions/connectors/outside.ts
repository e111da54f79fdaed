import { connectorSecrets } from '../../shared/aws/connector-secrets.ts';
import { DynamoSandboxStore } from '../../shared/aws/dynamo-sandbox-store.ts';
import { s3Objects } from '../../shared/aws/s3-objects.ts';
import { guardedWeb } from '../../shared/connectors/http/guarded-web.ts';
import type { SourcePorts } from '../../shared/connectors/implementation.ts';
import type { Clock } from '../../shared/ports/index.ts';
import { optional, setting } from '../environment.ts';
import type { dynamoDb as clientOf } from '../wiring.ts';

/**
 * What connectors reach the outside world by, loaded with the first of them. Where no connector needs a secret, there is
 * none; where one does, the stack says where.
 */
export function outside(dynamoDb: ReturnType<typeof clientOf>, clock: Clock): Omit<SourcePorts, 'assets'> {
  const prefix = optional('REMIT_CONNECTOR_SECRET_PREFIX');
  return {
    sandbox: new DynamoSandboxStore(dynamoDb, setting('REMIT_SANDBOX_TABLE')),
    clock,
    web: guardedWeb(),
    secrets: prefix === null ? { read: async () => null } : connectorSecrets({ prefix, clock }),
    objects: s3Objects({
      credentials: () => dynamoDb.config.credentials(),
      region: setting('AWS_REGION'),
      endpoint: optional('AWS_ENDPOINT_URL'),
      own: optional('REMIT_FILES_BUCKET'),
      clock,
    }),
  };
}
