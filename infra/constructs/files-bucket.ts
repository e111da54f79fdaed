import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface FilesBucketProps {
  /** For how many days an object is kept. */
  readonly keptDays: number;
  /** Keeps what is overwritten, as an object of its own, for as many days. */
  readonly isVersioned?: boolean;
  /** Tells the default event bus of what is put there. */
  readonly tellsEvents?: boolean;
}

/** A bucket for what comes from outside: nobody else's, encrypted, over TLS alone, and forgetting. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { keptDays, isVersioned = false, tellsEvents = false }: FilesBucketProps) {
    super(scope, id);
    const days = Duration.days(keptDays);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: isVersioned,
      lifecycleRules: [
        {
          id: 'forget',
          expiration: days,
          ...(isVersioned ? { noncurrentVersionExpiration: days } : {}),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The property of the construct would bring a function of its own along to set what the resource can say itself.
    const resource = this.bucket.node.defaultChild;
    if (tellsEvents && resource instanceof CfnBucket) {
      resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
  }
}
