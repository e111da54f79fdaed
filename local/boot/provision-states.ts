import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { BootError, type Resource } from '../template/index.ts';
import { checkTrust, type Provision, propertiesOf, type Stack } from './stack.ts';

/** State machines with their versions and aliases. */
export const provisionStates: Readonly<Record<string, Provision>> = {
  'AWS::StepFunctions::StateMachine': (resource, stack) => {
    const machine = propertiesOf(resource, StateMachine);
    checkTrust(stack, { roleArn: machine.RoleArn, service: 'states.amazonaws.com', sourceArn: resource.physicalId });
    stack.aws.states.ensureStateMachine({
      name: resource.attributes['Name'] ?? '',
      definition: substituted(definitionText(machine, resource, stack), machine.DefinitionSubstitutions ?? {}),
      roleArn: machine.RoleArn,
      type: machine.StateMachineType ?? 'STANDARD',
    });
  },
  'AWS::StepFunctions::StateMachineVersion': (resource, stack) => {
    const version = propertiesOf(resource, MachineVersion);
    stack.aws.states.ensureVersion({
      machineArn: version.StateMachineArn,
      number: Number(resource.physicalId.slice(resource.physicalId.lastIndexOf(':') + 1)),
      description: version.Description ?? null,
    });
  },
  'AWS::StepFunctions::StateMachineAlias': (resource, stack) => {
    const alias = propertiesOf(resource, MachineAlias);
    const routes = alias.RoutingConfiguration ?? [wholly(alias.DeploymentPreference?.StateMachineVersionArn, resource)];
    stack.aws.states.ensureAlias({
      name: resource.physicalId.slice(resource.physicalId.lastIndexOf(':') + 1),
      routes: routes.map((route) => ({
        stateMachineVersionArn: route.StateMachineVersionArn,
        weight: route.Weight,
      })),
    });
  },
};

function definitionText(machine: z.infer<typeof StateMachine>, resource: Resource, stack: Stack): string {
  if (machine.DefinitionString !== undefined) return machine.DefinitionString;
  if (machine.DefinitionS3Location !== undefined) {
    return readFileSync(stack.assembly.assetPath(machine.DefinitionS3Location.Key), 'utf8');
  }
  if (machine.Definition !== undefined) return JSON.stringify(machine.Definition);
  throw new BootError(`The state machine ${resource.logicalId} has no definition.`);
}

function substituted(definition: string, values: Readonly<Record<string, string>>): string {
  return definition.replaceAll(/\$\{([A-Za-z0-9_-]+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

function wholly(versionArn: string | undefined, resource: Resource): z.infer<typeof RoutingEntry> {
  if (versionArn === undefined) throw new BootError(`The alias ${resource.logicalId} leads to no version.`);
  return { StateMachineVersionArn: versionArn, Weight: 100 };
}

const StateMachine = z.strictObject({
  Definition: z.json().optional(),
  DefinitionS3Location: z.strictObject({ Bucket: z.string(), Key: z.string() }).optional(),
  DefinitionString: z.string().optional(),
  DefinitionSubstitutions: z.record(z.string(), z.coerce.string()).optional(),
  EncryptionConfiguration: z.unknown().optional(),
  LoggingConfiguration: z.unknown().optional(),
  RoleArn: z.string(),
  StateMachineName: z.string().optional(),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).optional(),
  Tags: z.unknown().optional(),
  TracingConfiguration: z.unknown().optional(),
});

const MachineVersion = z.strictObject({
  Description: z.string().optional(),
  StateMachineArn: z.string(),
  StateMachineRevisionId: z.string().optional(),
});

const RoutingEntry = z.strictObject({ StateMachineVersionArn: z.string(), Weight: z.number() });

const MachineAlias = z.strictObject({
  DeploymentPreference: z.object({ StateMachineVersionArn: z.string() }).optional(),
  Description: z.string().optional(),
  Name: z.string().optional(),
  RoutingConfiguration: z.array(RoutingEntry).optional(),
});
