import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { DeploymentSettings } from '../settings.ts';
import type { RemitFunction } from './remit-function.ts';

/** Lets functions ask Claude, by a key of Anthropic's API or by their role at Bedrock. @returns the secret of the key. */
export function letAskClaude(stack: Stack, settings: DeploymentSettings, askers: readonly RemitFunction[]): Secret {
  const { claudeModel, claudeFastModel, claudeDeepModel, claudeBaseUrl, modelProvider } = settings;
  const apiKey = new Secret(stack, 'AnthropicApiKey', {
    secretName: 'remit/anthropic-api-key',
    description: 'JSON with apiKey; while it is empty, the learned models decide',
    generateSecretString: { secretStringTemplate: JSON.stringify({ apiKey: '' }), generateStringKey: 'unused' },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const asker of askers) {
    apiKey.grantRead(asker.role);
    asker.set('REMIT_CLAUDE_FAST_MODEL', claudeFastModel);
    asker.set('REMIT_CLAUDE_MODEL', claudeModel);
    asker.set('REMIT_CLAUDE_DEEP_MODEL', claudeDeepModel);
    asker.set('REMIT_ANTHROPIC_BASE_URL', claudeBaseUrl);
    asker.set('REMIT_MODEL_PROVIDER', modelProvider);
    if (modelProvider === 'bedrock') asker.allow(bedrock(stack));
  }
  return apiKey;
}

/** A profile spreads calls over regions, so the models behind it are allowed in all of them. */
function bedrock({ partition, region, account }: Stack): PolicyStatement {
  return new PolicyStatement({
    actions: ['bedrock:InvokeModel'],
    resources: [
      `arn:${partition}:bedrock:*::foundation-model/anthropic.*`,
      `arn:${partition}:bedrock:${region}:${account}:inference-profile/*anthropic.*`,
    ],
  });
}
