import { notBuilt } from '../../kernel/errors.ts';
import type { Operation } from '../../kernel/service.ts';
import type { MapRunRecord } from '../records/map-runs.ts';
import { found } from './execution-operations.ts';
import { present, requiredText, seconds } from './fields.ts';
import { resourceMissing } from './refusals.ts';
import type { Operations, StatesContext } from './states-context.ts';

/** Runs of distributed Maps. */
export function mapRunOperations(context: StatesContext): Operations {
  return { DescribeMapRun: describe(context), ListMapRuns: list(context), UpdateMapRun: update() };
}

function describe({ records }: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:DescribeMapRun', resource: String(input['mapRunArn']) }],
    run: (input) => {
      const arn = requiredText(input, 'mapRunArn');
      const run = records.mapRuns.find(arn);
      if (run === null) throw resourceMissing(arn);
      const counts = countsOf(run, records.mapRuns.counts(arn));
      return present({
        mapRunArn: arn,
        executionArn: run.executionArn,
        status: run.status,
        startDate: seconds(run.startedAtMs),
        stopDate: run.stoppedAtMs === null ? undefined : seconds(run.stoppedAtMs),
        maxConcurrency: run.maxConcurrency,
        toleratedFailureCount: run.toleratedCount ?? 0,
        toleratedFailurePercentage: run.toleratedPercentage ?? 0,
        itemCounts: counts,
        executionCounts: counts,
        redriveCount: 0,
      });
    },
  };
}

function countsOf(run: MapRunRecord, counts: ReadonlyMap<string, number>): Record<string, number> {
  const count = (status: string): number => counts.get(status) ?? 0;
  const started = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return {
    pending: run.total - started,
    running: count('RUNNING'),
    succeeded: count('SUCCEEDED'),
    failed: count('FAILED'),
    timedOut: count('TIMED_OUT'),
    aborted: count('ABORTED'),
    total: run.total,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}

function list(context: StatesContext): Operation {
  return {
    permissions: (input) => [{ action: 'states:ListMapRuns', resource: String(input['executionArn']) }],
    run: (input) => {
      const execution = found(context, input);
      const runs = context.records.mapRuns.of(execution.id).map((run) =>
        present({
          executionArn: execution.arn,
          mapRunArn: run.arn,
          stateMachineArn: execution.machineArn,
          startDate: seconds(run.startedAtMs),
          stopDate: run.stoppedAtMs === null ? undefined : seconds(run.stoppedAtMs),
        }),
      );
      return { mapRuns: runs };
    },
  };
}

function update(): Operation {
  return {
    permissions: (input) => [{ action: 'states:UpdateMapRun', resource: String(input['mapRunArn']) }],
    run: () => {
      throw notBuilt('Step Functions', 'UpdateMapRun');
    },
  };
}
