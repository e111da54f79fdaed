import * as z from 'zod';
import type { Json } from '../kernel/service.ts';
import { type Provision, propertiesOf } from './stack.ts';

/** Roles and their policies; policies of resources. */
export const provisionIam: Readonly<Record<string, Provision>> = {
  'AWS::IAM::Role': (resource, { iam }) => {
    const role = propertiesOf(resource, Role);
    iam.addRole({
      name: resource.physicalId,
      arn: resource.attributes['Arn'] ?? '',
      trust: role.AssumeRolePolicyDocument,
      inlinePolicies: (role.Policies ?? []).map((policy) => policy.PolicyDocument),
      managedPolicyArns: role.ManagedPolicyArns ?? [],
    });
  },
  'AWS::IAM::Policy': (resource, { iam }) => {
    const policy = propertiesOf(resource, Policy);
    for (const role of policy.Roles) iam.addPolicyToRole(role, policy.PolicyDocument);
  },
  'AWS::IAM::ManagedPolicy': (resource, { iam }) => {
    const policy = propertiesOf(resource, ManagedPolicy);
    for (const role of policy.Roles) iam.addPolicyToRole(role, policy.PolicyDocument);
  },
};

const AnyJson = z.json() as z.ZodType<Json>;

const Role = z.strictObject({
  AssumeRolePolicyDocument: AnyJson,
  Description: z.string().optional(),
  ManagedPolicyArns: z.array(z.string()).optional(),
  MaxSessionDuration: z.number().optional(),
  Path: z.string().optional(),
  Policies: z.array(z.object({ PolicyDocument: AnyJson, PolicyName: z.string() })).optional(),
  RoleName: z.string().optional(),
  Tags: z.unknown().optional(),
});

const Policy = z.strictObject({
  PolicyDocument: AnyJson,
  PolicyName: z.string(),
  Roles: z.array(z.string()),
});

const ManagedPolicy = z.strictObject({
  Description: z.string().optional(),
  ManagedPolicyName: z.string().optional(),
  Path: z.string().optional(),
  PolicyDocument: AnyJson,
  Roles: z.array(z.string()),
});
