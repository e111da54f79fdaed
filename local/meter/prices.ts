/** What one unit of something costs. `unit` is what the meter counts. */
export interface Price {
  readonly item: PricedItem;
  readonly unit: string;
  readonly usdPerUnit: number;
  /** The published text that the figure was compared with, and its date; null where none was found. */
  readonly seen: string | null;
}

/** List prices of us-east-1 in US dollars, first tier, free tiers left out, as on the pricing page of each service. */
export const PRICES = {
  asOf: '2025-07-21',
  region: 'us-east-1',
  source: 'AWS list prices (aws.amazon.com/<service>/pricing), written down as known on that day',
  /** How far the figures were compared with a published text since; `seen` says which, item by item. */
  checked:
    'compared on 2026-11-29 with stored copies of published texts, one of AWS and others of third parties up to June 2026: all agree, but for mails and reads of S3 none was found',
  prices: [
    {
      item: 'lambda-requests',
      unit: 'request',
      usdPerUnit: 0.2 / 1e6,
      seen: 'a guide to the cost of Lambda, undated',
    },
    {
      item: 'lambda-gb-ms-arm64',
      unit: 'GB-ms',
      usdPerUnit: 0.000_013_333_4 / 1000,
      seen: 'cloudchipr.com, 2024: first tier of Arm',
    },
    {
      item: 'lambda-gb-ms-x86_64',
      unit: 'GB-ms',
      usdPerUnit: 0.000_016_666_7 / 1000,
      seen: 'cloudchipr.com, 2024: first tier of x86',
    },
    {
      item: 'lambda-init-gb-ms-arm64',
      unit: 'GB-ms',
      usdPerUnit: 0.000_013_333_4 / 1000,
      seen: 'AWS: initialization is billed as duration since August 2025',
    },
    {
      item: 'lambda-init-gb-ms-x86_64',
      unit: 'GB-ms',
      usdPerUnit: 0.000_016_666_7 / 1000,
      seen: 'AWS: initialization is billed as duration since August 2025',
    },
    {
      item: 'state-transitions',
      unit: 'transition',
      usdPerUnit: 0.025 / 1000,
      seen: 'aws.amazon.com/step-functions/pricing',
    },
    {
      item: 'dynamodb-write-units',
      unit: 'write request unit',
      usdPerUnit: 0.625 / 1e6,
      seen: 'airbyte.com, 2025-07-21, after the halving of November 2024',
    },
    {
      item: 'dynamodb-read-units',
      unit: 'read request unit',
      usdPerUnit: 0.125 / 1e6,
      seen: 'airbyte.com, 2025-07-21, after the halving of November 2024',
    },
    { item: 'sqs-requests', unit: '64 KB request', usdPerUnit: 0.4 / 1e6, seen: 'cloudburn.io, 2026-03-14' },
    {
      item: 'api-requests',
      unit: '512 KB request',
      usdPerUnit: 1 / 1e6,
      seen: 'awsforengineers.com, 2025-05-19; 512 KB: AWS whitepaper on private APIs',
    },
    { item: 'events-published', unit: '64 KB event', usdPerUnit: 1 / 1e6, seen: 'cloudburn.io, 2026-03-13' },
    { item: 'scheduler-invocations', unit: 'invocation', usdPerUnit: 1 / 1e6, seen: 'cloudburn.io, 2026-03-13' },
    { item: 'mails-sent', unit: 'recipient', usdPerUnit: 0.1 / 1000, seen: null },
    { item: 'mails-received', unit: 'mail', usdPerUnit: 0.1 / 1000, seen: null },
    { item: 's3-writes', unit: 'PUT or LIST', usdPerUnit: 0.005 / 1000, seen: 'cloudkaramchari.com, undated' },
    { item: 's3-reads', unit: 'GET', usdPerUnit: 0.0004 / 1000, seen: null },
    { item: 'sns-publishes', unit: '64 KB publish', usdPerUnit: 0.5 / 1e6, seen: 'factualminds.com, 2026-06-13' },
    { item: 'secret-calls', unit: 'call', usdPerUnit: 0.05 / 10_000, seen: 'hivebook.wiki, undated' },
    { item: 'log-bytes', unit: 'byte', usdPerUnit: 0.5 / 2 ** 30, seen: 'factualminds.com, 2026-06-13 (0.50 a GB)' },
    {
      // What is kept is compressed, and billed as such: this is the most that it can be.
      item: 'log-byte-months',
      unit: 'byte kept for a month',
      usdPerUnit: 0.03 / 2 ** 30,
      seen: 'c3x.dev, June 2026 (0.03 a GB and month)',
    },
  ] satisfies readonly Price[],
} as const;

export type PricedItem =
  | 'lambda-requests'
  | 'lambda-gb-ms-arm64'
  | 'lambda-gb-ms-x86_64'
  | 'lambda-init-gb-ms-arm64'
  | 'lambda-init-gb-ms-x86_64'
  | 'state-transitions'
  | 'dynamodb-write-units'
  | 'dynamodb-read-units'
  | 'sqs-requests'
  | 'api-requests'
  | 'events-published'
  | 'scheduler-invocations'
  | 'mails-sent'
  | 'mails-received'
  | 's3-writes'
  | 's3-reads'
  | 'sns-publishes'
  | 'secret-calls'
  | 'log-bytes'
  | 'log-byte-months';
