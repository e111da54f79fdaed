import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation } from '../../kernel/service.ts';
import { isObject } from '../asl/definition.ts';
import type { AliasRecord } from '../records/machines.ts';
import { machinePermission, parseMachineArn } from './arns.ts';
import { checkedName, optionalText, present, requiredText, seconds } from './fields.ts';
import { resourceMissing, validationError } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Aliases: names for one version, or for two with weights. */
export function aliasOperations(context: StatesContext): Operations {
  return {
    CreateStateMachineAlias: create(context),
    UpdateStateMachineAlias: update(context),
    DeleteStateMachineAlias: remove(context),
    DescribeStateMachineAlias: describe(context),
    ListStateMachineAliases: list(context),
  };
}

function create({ store, clock, records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:CreateStateMachineAlias', resource: machineOfRoutes(input) }],
    run: (input) => {
      const name = checkedName(requiredText(input, 'name'));
      return store.write(() => {
        const routes = routesOf(records, input['routingConfiguration'] ?? null);
        const machineArn = parseMachineArn(routes[0]?.stateMachineVersionArn ?? '').machineArn;
        const now = clock.now();
        const arn = `${machineArn}:${name}`;
        const existing = records.machines.findAlias(arn);
        if (existing !== null && JSON.stringify(existing.routes) !== JSON.stringify(routes)) {
          throw new AwsError(
            'ConflictException',
            'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
          );
        }
        const alias: AliasRecord = existing ?? {
          arn,
          machineArn,
          name,
          routes,
          description: optionalText(input, 'description'),
          createdAtMs: now,
          updatedAtMs: now,
        };
        records.machines.putAlias(alias);
        return { stateMachineAliasArn: arn, creationDate: seconds(alias.createdAtMs) };
      });
    },
  };
}

function machineOfRoutes(input: JsonObject): string {
  const [first] = Array.isArray(input['routingConfiguration']) ? input['routingConfiguration'] : [];
  return isObject(first) ? String(first['stateMachineVersionArn']).split(':').slice(0, 7).join(':') : '*';
}

function routesOf(records: StatesContext['records'], value: Json): AliasRecord['routes'] {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2)
    throw validationError('Routing configuration must name one or two versions.');
  const routes = value.map((route: Json) => {
    const fields = isObject(route) ? route : {};
    return { stateMachineVersionArn: requiredText(fields, 'stateMachineVersionArn'), weight: Number(fields['weight']) };
  });
  if (routes.reduce((sum, { weight }) => sum + weight, 0) !== 100)
    throw validationError('Sum of routing configuration weights must equal 100.');
  for (const { stateMachineVersionArn: arn } of routes)
    if (records.machines.findVersion(arn) === null) throw resourceMissing(arn);
  return routes;
}

function update({ store, clock, records }: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('UpdateStateMachineAlias', String(input['stateMachineAliasArn']))],
    run: (input) =>
      store.write(() => {
        const alias = found(records, input);
        const routes =
          input['routingConfiguration'] === undefined ? alias.routes : routesOf(records, input['routingConfiguration']);
        const description = optionalText(input, 'description') ?? alias.description;
        const now = clock.now();
        records.machines.putAlias({ ...alias, routes, description, updatedAtMs: now });
        return { updateDate: seconds(now) };
      }),
  };
}

function remove({ store, records }: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('DeleteStateMachineAlias', String(input['stateMachineAliasArn']))],
    run: (input) =>
      store.write(() => {
        records.machines.removeAlias(found(records, input).arn);
        return {};
      }),
  };
}

function describe({ records }: StatesContext): Operation {
  return {
    permissions: (input) => [machinePermission('DescribeStateMachineAlias', String(input['stateMachineAliasArn']))],
    run: (input) => {
      const alias = found(records, input);
      return present({
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        description: alias.description,
        routingConfiguration: alias.routes.map((route) => ({ ...route })),
        creationDate: seconds(alias.createdAtMs),
        updateDate: seconds(alias.updatedAtMs),
      });
    },
  };
}

function list({ records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:ListStateMachineAliases', resource: String(input['stateMachineArn']) }],
    run: (input) => {
      const { machineArn, qualifier } = parseMachineArn(requiredText(input, 'stateMachineArn'));
      const aliases = records.machines
        .aliases(machineArn)
        .filter(
          ({ routes }) =>
            qualifier === null ||
            routes.some(({ stateMachineVersionArn: arn }) => arn === `${machineArn}:${qualifier}`),
        );
      return {
        stateMachineAliases: aliases.map(({ arn, createdAtMs }) => ({
          stateMachineAliasArn: arn,
          creationDate: seconds(createdAtMs),
        })),
      };
    },
  };
}

function found(records: StatesContext['records'], input: JsonObject): AliasRecord {
  const arn = requiredText(input, 'stateMachineAliasArn');
  const alias = records.machines.findAlias(arn);
  if (alias === null) throw resourceMissing(arn);
  return alias;
}
