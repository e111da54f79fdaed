import type { z } from 'zod';
import type { ApiGateway } from '../apigateway/index.ts';
import type { Iam } from '../iam/index.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Place } from '../kernel/names.ts';
import type { LambdaService } from '../lambda/index.ts';
import type { Signin } from '../signin/index.ts';
import { type Assembly, BootError, type Resource } from '../template/index.ts';
import type { AwsServices } from './services.ts';

/** The stack that is being made, and what makes it. */
export interface Stack {
  readonly assembly: Assembly;
  readonly resources: readonly Resource[];
  readonly place: Place;
  readonly endpoint: string;
  readonly aws: AwsServices;
  readonly lambda: LambdaService;
  readonly iam: Iam;
  readonly api: ApiGateway;
  readonly signin: Signin;
  readonly anthropicApiKey: string | null;
}

/** Makes one resource of the template, or brings it in line when it is there. */
export type Provision = (resource: Resource, stack: Stack) => void;

/** A resource's properties in the form that the schema gives; a property that it does not name stops the boot. */
export function propertiesOf<S extends z.ZodType>(resource: Resource, input: S): z.output<S> {
  const definition = { service: resource.type, name: resource.logicalId, invalidCode: 'ValidationError', input };
  return parseInput(definition, resource.properties);
}

/** Stops the boot where a service could not act as the role that it is given. */
export function checkTrust(stack: Stack, { roleArn, service, sourceArn }: Trust): void {
  if (stack.iam.isTrusted(roleArn, service, sourceArn)) return;
  throw new BootError(`The role ${roleArn} cannot be assumed by ${service} for ${sourceArn}.`);
}

export interface Trust {
  readonly roleArn: string;
  /** `lambda.amazonaws.com` */
  readonly service: string;
  /** The resource that needs the role. */
  readonly sourceArn: string;
}
