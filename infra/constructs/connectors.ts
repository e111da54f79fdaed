import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ActionConnector, FileAccess, SourceConnector, Workflow } from '../../shared/authoring/index.ts';
import { OwnFiles } from './own-files.ts';
import type { RemitFunction } from './remit-function.ts';
import { BUS_NAME } from './workflow-triggers.ts';

/** Followed by the name of a connector's secret. */
const PREFIX = 'remit/connector/';
/** Events of agents come from here and from nowhere else; the connectors' definitions have the same name. */
const EVENT_SOURCE = 'remit.agents';

/** What the connectors of the workflows need: a secret each, rights on files, and a way onto the bus. Nothing where none is used. */
export class Connectors extends Construct {
  readonly #secrets = new Map<string, Secret>();
  readonly #sources: readonly SourceConnector[];
  readonly #actions: readonly ActionConnector[];

  readonly #buckets = new Map<string, FilesHolder>();
  readonly #own: OwnFiles | null;

  constructor(
    scope: Construct,
    id: string,
    { workflows, retentionDays: keptDays }: { readonly workflows: readonly Workflow[]; readonly retentionDays: number },
  ) {
    super(scope, id);
    this.#sources = workflows.flatMap(({ sources }) => Object.values(sources).map(({ connector }) => connector));
    this.#actions = workflows.flatMap(({ actions }) => Object.values(actions).map(({ connector }) => connector));
    const withFiles = workflows.filter(namesOwnBucket).map((workflow) => workflow.id);
    this.#own = withFiles.length === 0 ? null : new OwnFiles(this, 'OwnFiles', { workflows: withFiles, keptDays });
  }

  /** Lets a function read the secrets of sources, and their files. */
  grantRead(fn: RemitFunction): void {
    this.#grantSecrets(fn, this.#sources);
    this.#grantFiles(fn, this.#sources);
  }

  /** Lets a function read the secrets of actions, write their files, and put their events. */
  grantAct(fn: RemitFunction): void {
    this.#grantSecrets(fn, this.#actions);
    this.#grantFiles(fn, this.#actions);
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

  /** Exactly what each connector says, on its prefix alone. */
  #grantFiles(fn: RemitFunction, connectors: readonly (SourceConnector | ActionConnector)[]): void {
    for (const { files } of connectors) {
      if (files === null) continue;
      const bucket = this.#bucketOf(files.place);
      const prefix = 'own' in files.place ? files.place.own : files.place.prefix;
      for (const may of files.may) fn.allow(may === 'list' ? toList(bucket, prefix) : onObjects(bucket, prefix, may));
      if ('own' in files.place) fn.set('REMIT_FILES_BUCKET', bucket.bucketName);
    }
  }

  /** A bucket of another name is there already: it is referred to, and neither made nor changed. */
  #bucketOf(place: FileAccess['place']): FilesHolder {
    if ('own' in place) return this.#ownFiles().bucket;
    const known = this.#buckets.get(place.bucket);
    if (known !== undefined) return known;
    const bucket = Bucket.fromBucketName(this, `Bucket-${place.bucket}`, place.bucket);
    this.#buckets.set(place.bucket, bucket);
    return bucket;
  }

  #ownFiles(): OwnFiles {
    if (this.#own === null) throw new Error('No workflow names the own bucket');
    return this.#own;
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

type FilesHolder = Pick<Bucket, 'bucketName' | 'bucketArn' | 'arnForObjects'>;

const RIGHTS = { get: 's3:GetObject', put: 's3:PutObject', 'delete-version': 's3:DeleteObjectVersion' } as const;

function onObjects(bucket: FilesHolder, prefix: string, may: keyof typeof RIGHTS): PolicyStatement {
  return new PolicyStatement({ actions: [RIGHTS[may]], resources: [bucket.arnForObjects(`${prefix}*`)] });
}

function toList(bucket: FilesHolder, prefix: string): PolicyStatement {
  return new PolicyStatement({
    ...{ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
    conditions: { StringLike: { 's3:prefix': [`${prefix}*`] } },
  });
}

function namesOwnBucket({ sources, actions }: Workflow): boolean {
  const all = [...Object.values(sources), ...Object.values(actions)];
  return all.some(({ connector: { files } }) => files !== null && 'own' in files.place);
}
