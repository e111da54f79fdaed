import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { workflows } from '../agents/index.ts';
import { action, source } from '../shared/authoring/index.ts';
import { s3List, s3Remove, s3Rows, s3Text, s3Write } from '../shared/connectors/definitions.ts';
import { statementsOf } from './testing/permissions.ts';
import { listed, spelled, synthesized } from './testing/synthesized.ts';

const NoArguments = z.strictObject({});
const THEIRS = { bucket: 'acme-finance', prefix: 'price-lists/' };
const OWN = { own: 'reports/' };

const contract = s3Text({ id: 's3.contract', place: THEIRS, arguments: NoArguments, file: () => 'contract.md' });
const prices = s3Rows({
  ...{ id: 's3.prices', place: THEIRS, arguments: NoArguments, file: () => 'prices.csv' },
  ...{ row: z.object({ item: z.string() }), matches: () => true },
});
const list = s3List({ id: 's3.all', place: THEIRS, arguments: NoArguments });
const report = s3Write({
  ...{ id: 's3.report', place: OWN, arguments: z.strictObject({ text: z.string() }) },
  file: ({ text }) => ({ name: 'report.txt', text }),
});
const unreport = s3Remove({ id: 's3.unreport', place: OWN });

const [like] = workflows.filter(({ id }) => id === 'lead-qualification');
if (like === undefined) throw new Error('there is no such workflow');
const sourceOf = (connector: Parameters<typeof source>[0]['connector']) =>
  source({ title: 'A file', connector, isRequired: true, arguments: () => ({}) });
const withFiles = synthesized([
  {
    ...like,
    sources: {
      ...like.sources,
      ...({ contract: sourceOf(contract), prices: sourceOf(prices), list: sourceOf(list) } as typeof like.sources),
    },
    actions: {
      ...like.actions,
      ...({
        report: action({ title: 'Write it', tier: 'autonomous', connector: report }),
        unreport: action({ title: 'Take it back', tier: 'autonomous', connector: unreport }),
      } as unknown as typeof like.actions),
    },
  },
]);

/** What a function may do in buckets. */
function rightsOf(holder: string, template = withFiles) {
  return statementsOf(template, holder)
    .flatMap(({ Action, Resource, Condition = null }) =>
      listed(Action).flatMap((action) => listed(Resource).map((one) => [action, spelled(one), Condition] as const)),
    )
    .filter(([action]) => action.startsWith('s3:'))
    .toSorted((a, b) => `${a[0]} ${a[1]}`.localeCompare(`${b[0]} ${b[1]}`));
}

const [ownBucket = ''] = Object.keys(withFiles.of('AWS::S3::Bucket')).filter((id) => id.includes('OwnFiles'));
const FINANCE = 'arn:<AWS::Partition>:s3:::acme-finance';
const ON_LIST = { StringLike: { 's3:prefix': ['price-lists/*'] } };

describe('the rights on files', () => {
  test('are those that the connectors name, on their prefix alone: who reads reads', () => {
    expect(rightsOf('run-turn')).toEqual([
      ['s3:GetObject', `${FINANCE}/price-lists/*`, null],
      ['s3:ListBucket', FINANCE, ON_LIST],
    ]);
  });

  test('and who acts writes and takes back, besides reading what its actions rest on', () => {
    expect(rightsOf('perform-action')).toEqual([
      ['s3:DeleteObjectVersion', `<${ownBucket}.Arn>/reports/*`, null],
      ['s3:GetObject', `<${ownBucket}.Arn>/reports/*`, null],
      ['s3:GetObject', `${FINANCE}/price-lists/*`, null],
      ['s3:ListBucket', FINANCE, ON_LIST],
      ['s3:PutObject', `<${ownBucket}.Arn>/reports/*`, null],
    ]);
  });

  test('are nobody else’s', () => {
    const functions = Object.values(withFiles.of('AWS::Lambda::Function')).map(({ Properties }) =>
      String(Properties['Description']),
    );
    const holders = functions.filter((name) => rightsOf(name).length > 0);
    expect(holders.toSorted()).toEqual(['perform-action', 'run-turn']);
  });
});

describe('a bucket', () => {
  test('of another name than the own one is referred to, and neither made nor changed', () => {
    const made = Object.values(withFiles.all).filter(({ Type }) => Type.startsWith('AWS::S3::'));
    expect(made.map(({ Properties }) => JSON.stringify(Properties)).join()).not.toContain('acme-finance');
    expect(Object.keys(withFiles.of('AWS::S3::Bucket'))).toEqual([ownBucket]);
  });

  test('of our own is private, encrypted, keeps versions and its files, and outlives the stack', () => {
    const bucket = withFiles.of('AWS::S3::Bucket')[ownBucket];
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [{ Id: 'forget', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 400 } }],
        },
      },
    });
    expect(JSON.stringify(bucket)).not.toContain('ExpirationInDays');
  });

  test('of our own is known to the functions that reach it, and to no other', () => {
    const knowing = Object.values(withFiles.of('AWS::Lambda::Function')).filter(({ Properties }) =>
      JSON.stringify(Properties['Environment'] ?? {}).includes('REMIT_FILES_BUCKET'),
    );
    expect(knowing.map(({ Properties }) => Properties['Description'])).toEqual(['perform-action']);
  });

  test('of our own is not made where no workflow names it', () => {
    const none = synthesized(workflows.filter(({ id }) => id === 'lead-qualification'));
    expect(Object.keys(none.of('AWS::S3::Bucket'))).toEqual([]);
    expect(rightsOf('run-turn', none)).toEqual([]);
  });
});

test('the files that come with a workflow are named beside the bucket, for the local runtime', () => {
  const found = Object.entries(synthesized().of('AWS::S3::Bucket')).find(([id]) => id.includes('OwnFiles'))?.[1];
  expect(found).toMatchObject({
    Metadata: { 'remit:first-files': { 'expense-categorisation/': expect.stringContaining('files') } },
  });
});

describe('a definition', () => {
  const text =
    (place: Parameters<typeof s3Text>[0]['place'], id = 's3.a') =>
    () =>
      s3Text({ id, place, arguments: NoArguments, file: () => 'a.txt' });

  test.each([
    ['a whole bucket', { own: '' }],
    ['a prefix that does not end', { own: 'policies' }],
    ['a slash in front', { own: '/policies/' }],
    ['a step up', { own: 'policies/../' }],
    ['a pattern', { own: 'pol*/' }],
    ['a policy variable', { own: '$' + '{aws:username}/' }],
    ['a bucket that cannot be one', { bucket: 'Acme Finance', prefix: 'a/' }],
    ['a bucket with a path', { bucket: 'acme/*', prefix: 'a/' }],
  ])('with %s is refused, since rights are made of it', (_what, place) => {
    expect(text(place)).toThrow(/^s3\.a: /);
  });

  test('of another system is refused', () => {
    expect(text({ own: 'a/' }, 'http.a')).toThrow('begins with s3.');
  });
});
