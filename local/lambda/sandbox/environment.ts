import type { Credentials } from '../../endpoint/callers.ts';
import type { Runnable } from '../functions.ts';

/** All that a function sees in `process.env`: its own variables and those of the Lambda runtime. Nothing of this machine. */
export function sandboxEnvironment(
  { definition, version }: Runnable,
  options: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: Credentials;
    readonly logStream: string;
  },
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...definition.environment,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: options.logStream,
    LAMBDA_TASK_ROOT: definition.codeFolder,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: definition.handler,
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    AWS_ACCESS_KEY_ID: options.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: options.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: options.credentials.sessionToken,
    AWS_ENDPOINT_URL: options.endpoint,
  };
}
