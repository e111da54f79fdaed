/** The account and region that the local runtime stands for. */
export interface Place {
  readonly partition: 'aws';
  readonly region: string;
  readonly accountId: string;
}

/** `arn:aws:sqs:eu-west-1:000000000000:intake` */
export function arnOf(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.accountId}:${resource}`;
}
