import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface FilesBucketProps {
  /** For how many days an object is kept; null for as long as nobody removes it. */
  readonly keptDays: number | null;
  /** Keeps what is overwritten, as an object of its own. */
  readonly isVersioned?: boolean;
  /** For how many days that is kept; default as long as an object. */
  readonly replacedKeptDays?: number;
  /** Tells the default event bus of what is put there. */
  readonly tellsEvents?: boolean;
}

/** A bucket for files: nobody else's, encrypted, over TLS alone, and forgetting. */
export class FilesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: FilesBucketProps) {
    super(scope, id);
    const { keptDays, isVersioned = false, replacedKeptDays = keptDays, tellsEvents = false } = props;
    const replaced = isVersioned ? replacedKeptDays : null;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: isVersioned,
      lifecycleRules: [
        {
          id: 'forget',
          ...(keptDays === null ? {} : { expiration: Duration.days(keptDays) }),
          ...(replaced === null ? {} : { noncurrentVersionExpiration: Duration.days(replaced) }),
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
