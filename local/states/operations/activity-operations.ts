import { arnOf } from '../../kernel/names.ts';
import type { Operation } from '../../kernel/service.ts';
import { checkedName, optionalText, pageSize, present, requiredText, seconds } from './fields.ts';
import { pageAfter, pageToken } from './page-token.ts';
import { activityMissing } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';
import { answerToken } from './task-operations.ts';

/** Activities: tasks that workers come and ask for. */
export function activityOperations(context: StatesContext): Operations {
  return {
    CreateActivity: create(context),
    DeleteActivity: remove(context),
    DescribeActivity: describe(context),
    ListActivities: list(context),
    GetActivityTask: getTask(context),
  };
}

function create({ store, clock, place, records }: StatesContext): Operation {
  return {
    permissions: (input) => [
      { action: 'states:CreateActivity', resource: arnOf(place, 'states', `activity:${String(input['name'])}`) },
    ],
    run: (input) => {
      const name = checkedName(requiredText(input, 'name'));
      const arn = arnOf(place, 'states', `activity:${name}`);
      return store.write(() => {
        records.activities.insert({ arn, name, createdAtMs: clock.now() });
        return { activityArn: arn, creationDate: seconds(records.activities.find(arn)?.createdAtMs ?? clock.now()) };
      });
    },
  };
}

function remove({ store, records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:DeleteActivity', resource: String(input['activityArn']) }],
    run: (input) =>
      store.write(() => {
        records.activities.remove(requiredText(input, 'activityArn'));
        return {};
      }),
  };
}

function describe({ records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:DescribeActivity', resource: String(input['activityArn']) }],
    run: (input) => {
      const arn = requiredText(input, 'activityArn');
      const activity = records.activities.find(arn);
      if (activity === null) throw activityMissing(arn);
      return { activityArn: activity.arn, name: activity.name, creationDate: seconds(activity.createdAtMs) };
    },
  };
}

function list({ records }: StatesContext): Operation {
  return {
    permissions: () => [{ action: 'states:ListActivities', resource: '*' }],
    run: (input) => {
      const limit = pageSize(input);
      const rows = records.activities.list(pageAfter(input) ?? '', limit + 1);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const activities = rows
        .slice(0, limit)
        .map(({ arn, name, createdAtMs }) => ({ activityArn: arn, name, creationDate: seconds(createdAtMs) }));
      return present({ activities, nextToken: last === undefined ? undefined : pageToken(last.arn) });
    },
  };
}

/** A worker that asks waits this long before it is told that there is nothing. */
const LONG_POLL_MS = 60_000;

function getTask(context: StatesContext): Operation {
  const { clock, records, activityQueue } = context;
  return {
    permissions: (input) => [{ action: 'states:GetActivityTask', resource: String(input['activityArn']) }],
    run: async (input) => {
      const arn = requiredText(input, 'activityArn');
      if (records.activities.find(arn) === null) throw activityMissing(arn);
      const untilMs = clock.now() + LONG_POLL_MS;
      for (;;) {
        const task = await takeTask(context, arn, optionalText(input, 'workerName'));
        if (task !== null) return { taskToken: task.token, input: task.input };
        if (!(await activityQueue.wait(arn, untilMs))) return {};
      }
    },
  };
}

/** The next task that is still wanted: tasks that have timed out meanwhile are passed over. */
async function takeTask(
  context: StatesContext,
  arn: string,
  workerName: string | null,
): Promise<{ token: string; input: string } | null> {
  for (;;) {
    const task = await context.store.write(() => context.records.activities.take(arn));
    if (task === null) return null;
    try {
      await answerToken(context, task.token, { kind: 'started', workerName });
      return task;
    } catch {
      // The execution no longer waits for this task: look for the next one.
    }
  }
}
