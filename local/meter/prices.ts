/** What one unit of something costs. `unit` is what the meter counts. */
export interface Price {
  readonly item: PricedItem;
  readonly unit: string;
  readonly usdPerUnit: number;
}

/** List prices of us-east-1 in US dollars, first tier, free tiers left out, as on the pricing page of each service. */
export const PRICES = {
  asOf: '2025-07-21',
  region: 'us-east-1',
  source: 'AWS list prices (aws.amazon.com/<service>/pricing), written down as known on that day',
  /** How far the figures were compared with a published text since. */
  checked:
    'state transitions and the billing of Lambda initialization agree with published AWS texts; all other figures are not compared with a page since',
  prices: [
    { item: 'lambda-requests', unit: 'request', usdPerUnit: 0.2 / 1e6 },
    { item: 'lambda-gb-ms-arm64', unit: 'GB-ms', usdPerUnit: 0.000_013_333_4 / 1000 },
    { item: 'lambda-gb-ms-x86_64', unit: 'GB-ms', usdPerUnit: 0.000_016_666_7 / 1000 },
    { item: 'lambda-init-gb-ms-arm64', unit: 'GB-ms', usdPerUnit: 0.000_013_333_4 / 1000 },
    { item: 'lambda-init-gb-ms-x86_64', unit: 'GB-ms', usdPerUnit: 0.000_016_666_7 / 1000 },
    { item: 'state-transitions', unit: 'transition', usdPerUnit: 0.025 / 1000 },
    { item: 'dynamodb-write-units', unit: 'write request unit', usdPerUnit: 0.625 / 1e6 },
    { item: 'dynamodb-read-units', unit: 'read request unit', usdPerUnit: 0.125 / 1e6 },
    { item: 'sqs-requests', unit: '64 KB request', usdPerUnit: 0.4 / 1e6 },
    { item: 'api-requests', unit: '512 KB request', usdPerUnit: 1 / 1e6 },
    { item: 'events-published', unit: '64 KB event', usdPerUnit: 1 / 1e6 },
    { item: 'scheduler-invocations', unit: 'invocation', usdPerUnit: 1 / 1e6 },
    { item: 'mails-sent', unit: 'recipient', usdPerUnit: 0.1 / 1000 },
    { item: 'sns-publishes', unit: '64 KB publish', usdPerUnit: 0.5 / 1e6 },
    { item: 'secret-calls', unit: 'call', usdPerUnit: 0.05 / 10_000 },
    { item: 'log-bytes', unit: 'byte', usdPerUnit: 0.5 / 2 ** 30 },
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
  | 'sns-publishes'
  | 'secret-calls'
  | 'log-bytes';
