import type { Shape, Structure } from './response-shape.ts';
import { BOOLEAN, listOf, mapOf, NUMBER, oneOf, structure, TEXT, TEXTS, textOf, texts } from './response-shape.ts';

/** A value of DynamoDB; what is inside lists and maps is taken as it is. */
const ATTRIBUTE: Shape = structure({
  ...texts('S N B'),
  SS: listOf(TEXT),
  NS: listOf(TEXT),
  BS: listOf(TEXT),
  M: mapOf(structure({})),
  L: listOf(structure({})),
  NULL: BOOLEAN,
  BOOL: BOOLEAN,
});
const ITEM = mapOf(ATTRIBUTE);
const CAPACITY = structure({
  TableName: TEXT,
  CapacityUnits: NUMBER,
  ReadCapacityUnits: NUMBER,
  WriteCapacityUnits: NUMBER,
});
const COLLECTION = structure({ ItemCollectionKey: ITEM, SizeEstimateRangeGB: listOf(NUMBER) });
const WRITTEN = structure({ Attributes: ITEM, ConsumedCapacity: CAPACITY, ItemCollectionMetrics: COLLECTION });
const FOUND = structure({
  ConsumedCapacity: CAPACITY,
  Count: NUMBER,
  Items: listOf(ITEM),
  LastEvaluatedKey: ITEM,
  ScannedCount: NUMBER,
});

const DYNAMODB: Readonly<Record<string, Structure>> = {
  batchGetItem: structure({
    Responses: mapOf(listOf(ITEM)),
    UnprocessedKeys: mapOf(structure({})),
    ConsumedCapacity: listOf(CAPACITY),
  }),
  batchWriteItem: structure({ UnprocessedItems: mapOf(listOf(structure({}))), ConsumedCapacity: listOf(CAPACITY) }),
  deleteItem: WRITTEN,
  getItem: structure({ ConsumedCapacity: CAPACITY, Item: ITEM }),
  putItem: WRITTEN,
  query: FOUND,
  scan: FOUND,
  transactGetItems: structure({ ConsumedCapacity: listOf(CAPACITY), Responses: listOf(structure({ Item: ITEM })) }),
  transactWriteItems: structure({ ConsumedCapacity: listOf(CAPACITY) }),
  updateItem: WRITTEN,
};

const INVOCATION = { ...texts('ExecutedVersion FunctionError LogResult'), StatusCode: NUMBER };

const CLOUD_WATCH_EVENTS: Readonly<Record<string, Structure>> = {
  putEvents: structure({
    Entries: listOf(structure(texts('ErrorCode ErrorMessage EventId'))),
    FailedEntryCount: NUMBER,
  }),
};

const MESSAGE = structure({
  ...texts('MessageId ReceiptHandle MD5OfBody Body MD5OfMessageAttributes'),
  Attributes: TEXTS,
  MessageAttributes: mapOf(structure({ ...texts('StringValue BinaryValue DataType') })),
});
const SQS: Readonly<Record<string, Structure>> = {
  getQueueUrl: structure({ QueueUrl: TEXT }),
  receiveMessage: structure({ Messages: listOf(MESSAGE) }),
  sendMessage: structure(
    texts('MD5OfMessageAttributes MD5OfMessageBody MD5OfMessageSystemAttributes MessageId SequenceNumber'),
  ),
};

const SNS: Readonly<Record<string, Structure>> = { publish: structure(texts('MessageId SequenceNumber')) };

const EXECUTION_ARN = textOf(1, 256);
const STATUS = oneOf('RUNNING SUCCEEDED FAILED TIMED_OUT ABORTED PENDING_REDRIVE');
const STATES: Readonly<Record<string, Structure>> = {
  describeExecution: structure(
    {
      ExecutionArn: EXECUTION_ARN,
      StateMachineArn: EXECUTION_ARN,
      Status: STATUS,
      ...texts('Name StartDate StopDate Input Output Error Cause RedriveDate RedriveStatusReason'),
      RedriveCount: NUMBER,
      RedriveStatus: oneOf('REDRIVABLE NOT_REDRIVABLE REDRIVABLE_BY_MAP_RUN'),
    },
    'ExecutionArn StateMachineArn Status StartDate',
  ),
  startExecution: structure({ ExecutionArn: EXECUTION_ARN, StartDate: TEXT }, 'ExecutionArn StartDate'),
  startSyncExecution: structure(
    {
      ExecutionArn: EXECUTION_ARN,
      Status: oneOf('SUCCEEDED FAILED TIMED_OUT'),
      ...texts('StateMachineArn Name StartDate StopDate Input Output Error Cause TraceHeader'),
    },
    'ExecutionArn StartDate StopDate Status',
  ),
};

const SECRETS: Readonly<Record<string, Structure>> = {
  getSecretValue: structure({
    ARN: textOf(20, 2048),
    Name: textOf(1, 256),
    VersionId: textOf(32, 64),
    ...texts('CreatedDate SecretBinary SecretString'),
    VersionStages: listOf(TEXT),
  }),
};

const ALGORITHM = oneOf('SYMMETRIC_DEFAULT RSAES_OAEP_SHA_1 RSAES_OAEP_SHA_256 SM2PKE');
const KEY_ID = textOf(1, 2048);
const KMS: Readonly<Record<string, Structure>> = {
  decrypt: structure({ KeyId: KEY_ID, Plaintext: textOf(1, 4096), EncryptionAlgorithm: ALGORITHM }),
  encrypt: structure({ CiphertextBlob: textOf(1, 6144), KeyId: KEY_ID, EncryptionAlgorithm: ALGORITHM }),
  generateDataKey: structure({ CiphertextBlob: textOf(1, 6144), Plaintext: textOf(1, 4096), KeyId: KEY_ID }),
};

const STORAGE_CLASS = oneOf(
  'STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER DEEP_ARCHIVE OUTPOSTS GLACIER_IR SNOW EXPRESS_ONEZONE FSX_OPENZFS FSX_ONTAP',
);
const ENCRYPTION = {
  ServerSideEncryption: oneOf('AES256 aws:fsx aws:kms aws:kms:dsse'),
  ...texts('SSECustomerAlgorithm SSECustomerKeyMD5 SSEKMSKeyId'),
  BucketKeyEnabled: BOOLEAN,
  RequestCharged: oneOf('requester'),
};
const OBJECT_HEAD = {
  ...ENCRYPTION,
  ...texts('AcceptRanges CacheControl ContentDisposition ContentEncoding ContentLanguage ContentRange ContentType'),
  ...texts('ETag Expiration Expires LastModified ObjectLockRetainUntilDate Restore VersionId WebsiteRedirectLocation'),
  ContentLength: NUMBER,
  DeleteMarker: BOOLEAN,
  Metadata: TEXTS,
  MissingMeta: NUMBER,
  ObjectLockLegalHoldStatus: oneOf('ON OFF'),
  ObjectLockMode: oneOf('GOVERNANCE COMPLIANCE'),
  PartsCount: NUMBER,
  ReplicationStatus: oneOf('COMPLETE PENDING FAILED REPLICA COMPLETED'),
  StorageClass: STORAGE_CLASS,
  TagCount: NUMBER,
};
const LISTED = structure({ ...texts('Key LastModified ETag'), Size: NUMBER, StorageClass: STORAGE_CLASS });
const S3: Readonly<Record<string, Structure>> = {
  getObject: structure({ ...OBJECT_HEAD, Body: TEXT }),
  headObject: structure(OBJECT_HEAD),
  listBuckets: structure({ Buckets: listOf(structure(texts('Name CreationDate BucketRegion'))), Prefix: TEXT }),
  listObjectsV2: structure({
    ...texts('Name Prefix Delimiter ContinuationToken NextContinuationToken StartAfter'),
    Contents: listOf(LISTED),
    IsTruncated: BOOLEAN,
    KeyCount: NUMBER,
    MaxKeys: NUMBER,
  }),
  putObject: structure({ ...ENCRYPTION, ...texts('ETag Expiration VersionId'), Size: NUMBER }),
};

/**
 * Answers of the operations that machines call most, by the service of the task's resource. S3 and KMS are among them
 * although the local runtime does not have them: a mock needs no service. Mocks of other operations are taken as they are.
 */
export const RESPONSE_SHAPES: Readonly<Record<string, Readonly<Record<string, Structure>>>> = {
  dynamodb: DYNAMODB,
  events: CLOUD_WATCH_EVENTS,
  // The optimised integration reads the payload, which may be anything; the SDK gives it as text.
  lambda: { invoke: structure(INVOCATION) },
  sns: SNS,
  sqs: SQS,
  states: STATES,
  'aws-sdk:dynamodb': DYNAMODB,
  'aws-sdk:eventbridge': CLOUD_WATCH_EVENTS,
  'aws-sdk:kms': KMS,
  'aws-sdk:lambda': { invoke: structure({ ...INVOCATION, Payload: TEXT }) },
  'aws-sdk:s3': S3,
  'aws-sdk:secretsmanager': SECRETS,
  'aws-sdk:sesv2': { sendEmail: structure(texts('MessageId')) },
  'aws-sdk:sfn': STATES,
  'aws-sdk:sns': SNS,
  'aws-sdk:sqs': SQS,
};
