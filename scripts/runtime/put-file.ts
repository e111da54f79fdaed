import { Problem } from '../command/problem.ts';
import type { StackAddress } from './stack-address.ts';

/** As CloudFormation names it: after the stack and its place there. */
const BUCKET = /broughtfiles/;

/** Puts a file into the bucket for files by the ordinary client of S3. @returns bucket and key */
export async function putFile(address: Pick<StackAddress, 'url'>, key: string, file: string): Promise<string> {
  const { ListBucketsCommand, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new S3Client({ endpoint: address.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  try {
    const { Buckets: buckets = [] } = await client.send(new ListBucketsCommand({}));
    const bucket = buckets.find(({ Name }) => BUCKET.test(Name ?? ''))?.Name;
    if (bucket === undefined) throw new Problem('The running stack has no bucket for files.');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: file }));
    return `${bucket}/${key}`;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const isDown = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
    throw new Problem(
      isDown
        ? `Remit is not running at ${address.url}: start it with npm start in another terminal.`
        : `The file was not taken: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
