import { z } from 'zod';
import type { SignedProtocol } from '../endpoint/routes.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { Buckets } from './buckets.ts';
import { Notices, type ObjectEvent } from './notices.ts';
import { Objects } from './objects.ts';
import { bucketOperations } from './operations/buckets.ts';
import { objectOperations } from './operations/objects.ts';
import type { S3Parts } from './parts.ts';
import { type FirstFile, placeFirst } from './place-first.ts';
import { s3Protocol } from './protocol.ts';

/** S3: buckets of the template with objects and their versions, on disk. */
export function createS3(options: S3Options): S3Service {
  const parts: S3Parts = {
    ...options,
    buckets: new Buckets(options.store),
    objects: new Objects(options.store),
    notices: new Notices(options.store, options.activity, options.onObject),
  };
  return {
    name: 's3',
    operations: { ...bucketOperations(parts), ...objectOperations(parts) },
    protocol: s3Protocol,
    ensureBucket: (name, properties) => ensureBucket(parts, name, properties),
    placeFirst: (file) => placeFirst(parts, file),
    setBucketPolicy: (name, policy) => parts.buckets.setPolicy(name, policy),
    policyOf: (resourceArn) => parts.buckets.policyOf(resourceArn),
    start: () => parts.notices.sendAll(),
    stop: () => undefined,
  };
}

export interface S3Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  /** Told of objects of buckets that tell the event bus; at least once for each. */
  readonly onObject: (event: ObjectEvent) => Promise<void>;
}

export interface S3Service extends Service {
  readonly protocol: SignedProtocol;
  /** Makes the bucket of a template, or brings it in line; `properties` are those of AWS::S3::Bucket, resolved. */
  ensureBucket(name: string, properties: JsonObject): void;
  /** Puts a file that comes with the stack where nothing of its name was ever put; nobody is told of it. */
  placeFirst(file: FirstFile): void;
  setBucketPolicy(name: string, policy: JsonObject | null): void;
  policyOf(resourceArn: string): JsonObject | null;
  start(): void;
  stop(): void;
}

const LifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: z.number().optional(),
  /** An expired version is gone at once, and what is replaced stays; so there is nothing left for this. */
  NoncurrentVersionExpiration: z.unknown().optional(),
});

const BucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  BucketEncryption: z.unknown().optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(LifecycleRule) }).optional(),
  NotificationConfiguration: z
    .strictObject({ EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().default(true) }) })
    .optional(),
  OwnershipControls: z.unknown().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
});

function ensureBucket(parts: S3Parts, name: string, properties: JsonObject): void {
  const values = parseInput(
    { service: 'S3', name: 'AWS::S3::Bucket', invalidCode: 'InvalidArgument', input: BucketProperties },
    properties,
  );
  const rules = values.LifecycleConfiguration?.Rules ?? [];
  parts.store.writeNow(() =>
    parts.buckets.save({
      name,
      createdAtMs: parts.buckets.find(name)?.createdAtMs ?? parts.clock.now(),
      isVersioned: values.VersioningConfiguration?.Status === 'Enabled',
      tellsEvents: values.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
      expiry: rules
        .filter(({ Status }) => Status === 'Enabled')
        .flatMap(({ Prefix: prefix, ExpirationInDays: days }) => (days === undefined ? [] : [{ prefix, days }])),
    }),
  );
}
