/**
 * Parts of AWS's clients that are for other places than Lambda, and what stands in for them. Lambda gives region and
 * credentials in the environment, Node has the hash that is signed with, and the stack is made for the partition `aws`.
 * What is asked for all the same is refused with words, and not done in another way.
 */
export const NOT_ON_LAMBDA: readonly { readonly files: RegExp; readonly text: string }[] = [
  {
    files: /@smithy\/core\/dist-es\/submodules\/config\/node-config-provider\/fromSharedConfigFiles\.js$/,
    text: `
      import { CredentialsProviderError } from "../property-provider/CredentialsProviderError";
      export const fromSharedConfigFiles = () => async () => {
        throw new CredentialsProviderError("Configuration files are not read on Lambda");
      };`,
  },
  {
    files: /@smithy\/core\/dist-es\/submodules\/config\/config-resolver\/regionConfig\/getInstanceMetadataRegion\.js$/,
    text: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  {
    files: /@aws-sdk\/credential-provider-node\/dist-es\/defaultProvider\.js$/,
    text: `
      import { fromEnv } from "@aws-sdk/credential-provider-env";
      export const defaultProvider = fromEnv;
      export const credentialsWillNeedRefresh = () => false;
      export const credentialsTreatedAsExpired = () => false;`,
  },
  {
    files: /@smithy\/core\/dist-es\/submodules\/retry\/util-retry\/AdaptiveRetryStrategy\.js$/,
    text: `
      export class AdaptiveRetryStrategy {
        constructor() { throw new Error("The retry mode adaptive is not built in; leave AWS_RETRY_MODE out"); }
      }`,
  },
  {
    files: /@smithy\/core\/dist-es\/submodules\/retry\/util-retry\/DefaultRateLimiter\.js$/,
    text: 'export class DefaultRateLimiter {}',
  },
  {
    files: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    text: 'export class Sha256Js {}',
  },
  // Of events in a stream, which are signed one by one.
  { files: /@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/, text: 'export class HeaderFormatter {}' },
  {
    // For addresses of SES that several regions serve.
    files: /@aws-sdk\/signature-v4-multi-region\/dist-es\/SignatureV4MultiRegion\.js$/,
    text: `
      import { SignatureV4 } from "@smithy/signature-v4";
      export class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return "none"; } }`,
  },
];

/** First part of a service's address in a region, by the name of its client. */
const HOSTS: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'client-sfn': 'states',
  'client-sqs': 'sqs',
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'email',
};

/**
 * The address of a service: the one that is given, or its own in the region. AWS's table of all of them is left out with
 * all that reads it. A client that is not known here keeps its own (null).
 */
export function endpointResolver(path: string): string | null {
  const client = /@aws-sdk\/(client-[\w-]+)\//.exec(path)?.[1] ?? '';
  const host = HOSTS[client];
  if (host === undefined) return null;
  return `
    export const defaultEndpointResolver = ({ Endpoint, Region, UseFIPS, UseDualStack }) => {
      if (UseFIPS || UseDualStack) throw new Error("Addresses for FIPS and for IPv6 are not built in");
      return { url: new URL(Endpoint ?? "https://${host}." + Region + ".amazonaws.com"), properties: {}, headers: {} };
    };`;
}

/** AWS's partitions without their lists of regions: the pattern of a region's name tells its partition. */
export function partitionsOf(source: string): string {
  const text = /^export const partitionsInfo = (\{[\s\S]*\});\s*$/.exec(source)?.[1];
  if (text === undefined) throw new Error('The list of AWS’s partitions no longer looks as it did');
  const info = JSON.parse(text.replace(/,(?=\s*[}\]])/g, '')) as { partitions: { regions: object }[] };
  for (const partition of info.partitions) partition.regions = {};
  return `export const partitionsInfo = ${JSON.stringify(info)};`;
}
