import { z } from 'zod';
import { AwsError, notBuilt } from '../kernel/errors.ts';

/** A target of a rule, the same in the template and in the API. */
export const TargetInput = z.strictObject({
  Id: z.string().regex(/^[\w.-]{1,64}$/),
  Arn: z.string(),
  RoleArn: z.string().exactOptional(),
  Input: z.string().exactOptional(),
  InputPath: z.string().exactOptional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string(), z.string()).default({}),
      InputTemplate: z.string(),
    })
    .exactOptional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).default(185),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).default(86_400),
    })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  DeadLetterConfig: z.strictObject({ Arn: z.string().exactOptional() }).exactOptional(),
});

/** Written by this runtime in the same shape. */
export const StoredTarget = TargetInput;
export type Target = z.output<typeof TargetInput>;

const BUILT: ReadonlySet<string> = new Set(['sqs', 'lambda', 'states', 'events', 'sns']);
const NEEDS_ROLE: ReadonlySet<string> = new Set(['states', 'events']);

/** @throws ValidationException; targets that are not built are refused when they are set */
export function checkTarget(target: Target): void {
  const service = target.Arn.split(':')[2] ?? '';
  if (!BUILT.has(service)) throw notBuilt('EventBridge', `target ${target.Arn}`);
  if (NEEDS_ROLE.has(service) && target.RoleArn === undefined) {
    throw new AwsError('ValidationException', `RoleArn is required for target ${target.Arn}.`);
  }
  const inputs = [target.Input, target.InputPath, target.InputTransformer].filter((input) => input !== undefined);
  if (inputs.length > 1) {
    throw new AwsError(
      'ValidationException',
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`,
    );
  }
}
