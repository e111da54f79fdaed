import { AwsError } from '../../kernel/errors.ts';

/** What Step Functions refuses, in its own words. */
export function invalidArn(problem: string): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${problem}'`);
}

export function invalidName(name: string): AwsError {
  return new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

export function machineMissing(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function executionMissing(arn: string): AwsError {
  return new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

export function activityMissing(arn: string): AwsError {
  return new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}

export function resourceMissing(arn: string): AwsError {
  return new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { fields: { resourceName: arn } });
}

export function invalidToken(): AwsError {
  return new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
}

export function validationError(problem: string): AwsError {
  return new AwsError('ValidationException', problem);
}

/** One constraint of the API model that a member breaks. */
export function constraintError(member: string, value: string, constraint: string): AwsError {
  return validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
