import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ActionConnector, SourceConnector, Workflow } from '../../shared/authoring/index.ts';
import type { RemitFunction } from './remit-function.ts';
import { BUS_NAME } from './workflow-triggers.ts';

/** Followed by the name of a connector's secret. */
const PREFIX = 'remit/connector/';
/** Events of agents come from here and from nowhere else; the connectors' definitions have the same name. */
const EVENT_SOURCE = 'remit.agents';

/** What the connectors of the workflows need: a secret each, and a way onto the bus. Nothing where none is used. */
export class Connectors extends Construct {
  readonly #secrets = new Map<string, Secret>();
  readonly #sources: readonly SourceConnector[];
  readonly #actions: readonly ActionConnector[];

  constructor(scope: Construct, id: string, workflows: readonly Workflow[]) {
    super(scope, id);
    this.#sources = workflows.flatMap(({ sources }) => Object.values(sources).map(({ connector }) => connector));
    this.#actions = workflows.flatMap(({ actions }) => Object.values(actions).map(({ connector }) => connector));
  }

  /** Lets a function read the secrets of sources. */
  grantRead(fn: RemitFunction): void {
    this.#grantSecrets(fn, this.#sources);
  }

  /** Lets a function read the secrets of actions, and put their events. */
  grantAct(fn: RemitFunction): void {
    this.#grantSecrets(fn, this.#actions);
    if (!this.#actions.some(({ id }) => id.startsWith('events.'))) return;
    const bus = Stack.of(this).formatArn({
      ...{ service: 'events', resource: 'event-bus', resourceName: BUS_NAME },
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    fn.allow(
      new PolicyStatement({
        ...{ actions: ['events:PutEvents'], resources: [bus] },
        conditions: { StringEquals: { 'events:source': EVENT_SOURCE } },
      }),
    );
    fn.set('REMIT_EVENT_BUS', BUS_NAME);
  }

  #grantSecrets(fn: RemitFunction, connectors: readonly (SourceConnector | ActionConnector)[]): void {
    const names = new Set(connectors.flatMap(({ secret }) => (secret === null ? [] : [secret])));
    if (names.size === 0) return;
    for (const name of [...names].toSorted()) this.#secret(name).grantRead(fn.role);
    fn.set('REMIT_CONNECTOR_SECRET_PREFIX', PREFIX);
  }

  #secret(name: string): Secret {
    const known = this.#secrets.get(name);
    if (known !== undefined) return known;
    const secret = new Secret(this, `Secret-${name}`, {
      secretName: `${PREFIX}${name}`,
      description: `JSON that lets agents in at ${name}; while it holds nothing, stand-ins take the calls`,
      generateSecretString: { secretStringTemplate: JSON.stringify({}), generateStringKey: 'unused' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#secrets.set(name, secret);
    return secret;
  }
}
