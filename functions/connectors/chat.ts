import { DynamoSandboxStore } from '../../shared/aws/dynamo-sandbox-store.ts';
import { SandboxChat } from '../../shared/connectors/sandbox/chat.ts';
import { setting } from '../environment.ts';
import { clock, dynamoDb, once } from '../wiring.ts';

export const chat = /* @__PURE__ */ once(
  () => new SandboxChat({ sandbox: new DynamoSandboxStore(dynamoDb(), setting('REMIT_SANDBOX_TABLE')), clock }),
);
