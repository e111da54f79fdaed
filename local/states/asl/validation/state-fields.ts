import type { QueryLanguage, StateType } from '../definition.ts';

/** What the fields of a state may be: those of all states of its type, and those of one query language only. */
interface FieldTable {
  readonly required: readonly string[];
  readonly both: readonly string[];
  readonly jsonata: readonly string[];
  readonly jsonpath: readonly string[];
}

const ALL = ['Comment', 'QueryLanguage', 'Type'];
const NEXT = ['End', 'Next'];
const HANDLERS = ['Catch', 'Retry'];
const RESULT = ['ResultPath', 'ResultSelector'];
const PATHS = ['InputPath', 'OutputPath'];

const TABLES: Readonly<Record<StateType, FieldTable>> = {
  Task: {
    required: ['Resource'],
    both: [...NEXT, ...HANDLERS, 'Assign', 'Credentials', 'HeartbeatSeconds', 'Resource', 'TimeoutSeconds'],
    jsonata: ['Arguments', 'Output'],
    jsonpath: [...PATHS, ...RESULT, 'HeartbeatSecondsPath', 'Parameters', 'TimeoutSecondsPath'],
  },
  Pass: {
    required: [],
    both: [...NEXT, 'Assign'],
    jsonata: ['Output'],
    jsonpath: [...PATHS, 'Parameters', 'Result', 'ResultPath'],
  },
  Choice: { required: ['Choices'], both: ['Assign', 'Choices', 'Default'], jsonata: ['Output'], jsonpath: PATHS },
  Wait: {
    required: [],
    both: [...NEXT, 'Assign', 'Seconds', 'Timestamp'],
    jsonata: ['Output'],
    jsonpath: [...PATHS, 'SecondsPath', 'TimestampPath'],
  },
  Succeed: { required: [], both: [], jsonata: ['Output'], jsonpath: PATHS },
  Fail: { required: [], both: ['Cause', 'Error'], jsonata: [], jsonpath: ['CausePath', 'ErrorPath'] },
  Parallel: {
    required: ['Branches'],
    both: [...NEXT, ...HANDLERS, 'Assign', 'Branches'],
    jsonata: ['Arguments', 'Output'],
    jsonpath: [...PATHS, ...RESULT, 'Parameters'],
  },
  Map: {
    required: [],
    both: [
      ...NEXT,
      ...HANDLERS,
      'Assign',
      'ItemBatcher',
      'ItemProcessor',
      'ItemReader',
      'ItemSelector',
      'Iterator',
      'Label',
      'MaxConcurrency',
      'ResultWriter',
      'ToleratedFailureCount',
      'ToleratedFailurePercentage',
    ],
    jsonata: ['Items', 'Output'],
    jsonpath: [
      ...PATHS,
      ...RESULT,
      'ItemsPath',
      'MaxConcurrencyPath',
      'Parameters',
      'ToleratedFailureCountPath',
      'ToleratedFailurePercentagePath',
    ],
  },
};

export function isStateType(type: unknown): type is StateType {
  return typeof type === 'string' && Object.hasOwn(TABLES, type);
}

export function requiredFields(type: StateType): readonly string[] {
  return TABLES[type].required;
}

/** Null where a field may stand in the state, else why not. */
export function fieldFault(field: string, type: StateType, language: QueryLanguage): string | null {
  const table = TABLES[type];
  if (ALL.includes(field) || table.both.includes(field)) return null;
  const [own, other] = language === 'JSONata' ? [table.jsonata, table.jsonpath] : [table.jsonpath, table.jsonata];
  if (own.includes(field)) return null;
  if (other.includes(field)) return wrongLanguage(field, language);
  return `Field '${field}' is not supported`;
}

/** A field that only the other query language has. */
export function wrongLanguage(field: string, language: QueryLanguage): string {
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  return `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${other}' QueryLanguage`;
}
