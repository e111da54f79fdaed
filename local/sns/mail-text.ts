import { z } from 'zod';

const AlarmNotification = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().nullish(),
  NewStateValue: z.string(),
  OldStateValue: z.string(),
  NewStateReason: z.string(),
  StateChangeTime: z.string(),
  Region: z.string(),
  AlarmArn: z.string(),
});

/** What a subscriber reads: an alarm's JSON is told in sentences, as SNS does; any other message is left as it is. */
export function mailText(message: string): string {
  const alarm = AlarmNotification.safeParse(parseJson(message));
  if (!alarm.success) return message;
  const { AlarmName, NewStateValue, OldStateValue, NewStateReason, StateChangeTime, Region, AlarmArn } = alarm.data;
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${AlarmName}" in the ${Region} region has entered the ${NewStateValue} state, because "${NewStateReason}" at "${StateChangeTime}".`,
    '',
    'Alarm Details:',
    `- Name: ${AlarmName}`,
    `- Description: ${alarm.data.AlarmDescription ?? ''}`,
    `- State Change: ${OldStateValue} -> ${NewStateValue}`,
    `- Reason for State Change: ${NewStateReason}`,
    `- Timestamp: ${StateChangeTime}`,
    `- Alarm Arn: ${AlarmArn}`,
    '',
  ].join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
