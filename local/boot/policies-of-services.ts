import type { Place } from '../kernel/names.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { AwsServices } from './services.ts';

/** The policies of queues, topics and buckets as they stand now, however they were set, by the ARN of the resource. */
export function policiesOfServices(aws: AwsServices, place: Place): (resourceArn: string) => JsonObject | null {
  return (resourceArn) => {
    if (resourceArn.startsWith('arn:aws:sqs:')) return aws.sqs.policyOf(resourceArn);
    if (resourceArn.startsWith('arn:aws:s3:')) return aws.s3.policyOf(resourceArn);
    if (resourceArn.startsWith('arn:aws:sns:'))
      return aws.sns.policyOf(resourceArn) ?? defaultTopic(resourceArn, place);
    return null;
  };
}

/** What SNS gives a topic that has no policy of its own; a topic policy takes its place, it is not added to it. */
function defaultTopic(topicArn: string, place: Place): JsonObject {
  return {
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: topicArn,
      Condition: { StringEquals: { 'AWS:SourceOwner': place.accountId } },
    },
  };
}
