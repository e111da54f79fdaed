import { existsSync } from 'node:fs';
import { AssetStaging, CfnOutput, Stack } from 'aws-cdk-lib';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FilesBucket } from './files-bucket.ts';

/** Where the local runtime finds the files that come with the workflows: a prefix, and a folder beside the template. */
const FIRST_FILES = 'remit:first-files';

export interface OwnFilesProps {
  /** Workflows whose connectors name the deployment's own bucket. */
  readonly workflows: readonly string[];
  /** For how many days a version is kept that another one has replaced. */
  readonly keptDays: number;
}

/**
 * The deployment's own bucket for files that workflows read and write. Apart from the one for files that start cases, which
 * forgets them after a month: a price list stays until somebody replaces it.
 */
export class OwnFiles extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { workflows, keptDays }: OwnFilesProps) {
    super(scope, id);
    this.bucket = new FilesBucket(this, 'Files', {
      keptDays: null,
      replacedKeptDays: keptDays,
      isVersioned: true,
    }).bucket;
    this.#tellFirstFiles(workflows);
    new CfnOutput(this, 'Bucket', {
      value: this.bucket.bucketName,
      description: 'Where files lie that workflows read',
    });
  }

  /** What comes with a workflow in its folder `files`. Staged and not published: on AWS somebody puts it there. */
  #tellFirstFiles(workflows: readonly string[]): void {
    const folders = workflows.map((workflow) => ({ workflow, sourcePath: `agents/${workflow}/files` }));
    const staged = folders
      .filter(({ sourcePath }) => existsSync(sourcePath))
      .map(({ workflow, sourcePath }) => {
        const folder = new AssetStaging(this, `First-${workflow}`, { sourcePath }).relativeStagedPath(Stack.of(this));
        return [`${workflow}/`, folder];
      });
    const resource = this.bucket.node.defaultChild;
    if (resource instanceof CfnBucket && staged.length > 0)
      resource.addMetadata(FIRST_FILES, Object.fromEntries(staged));
  }
}
