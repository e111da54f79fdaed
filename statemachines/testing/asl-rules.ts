/** What a validator of Amazon States Language passes and this platform must not have. */
export interface Violation {
  /** Name of the state; the machine's own is empty. */
  readonly state: string;
  readonly problem: string;
}

export interface Machine {
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly TimeoutSeconds?: unknown;
  readonly HeartbeatSeconds?: unknown;
  readonly Retry?: readonly Handler[];
  readonly Catch?: readonly Handler[];
  readonly Choices?: readonly { readonly Assign?: Readonly<Record<string, unknown>> }[];
  readonly ItemProcessor?: Machine;
  readonly Branches?: readonly Machine[];
}

interface Handler {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: Readonly<Record<string, unknown>>;
}

/** Every violation in a machine and in the machines inside it. */
export function aslViolations(machine: Machine, assignedOutside: ReadonlySet<string> = new Set()): Violation[] {
  const assigned = new Set([...assignedOutside, ...assignedIn(machine)]);
  return Object.entries(machine.States).flatMap(([name, state]) => [
    ...problemsOf(state, assigned).map((problem) => ({ state: name, problem })),
    ...machinesIn(state).flatMap((inner) => aslViolations(inner, assigned)),
  ]);
}

function problemsOf(state: State, assigned: ReadonlySet<string>): string[] {
  return [...taskProblems(state), ...tokenProblems(state), ...orderProblems(state), ...textProblems(state, assigned)];
}

function taskProblems({ Type: type, Retry: retry = [] }: State): string[] {
  return type === 'Task' && retry.length === 0 ? ['it is a task without Retry'] : [];
}

function tokenProblems({ Resource: resource = '', Arguments: given, ...limits }: State): string[] {
  if (!resource.endsWith('.waitForTaskToken')) return [];
  const passesToken = JSON.stringify(given ?? null).includes('$states.context.Task.Token');
  const isLimited = limits.TimeoutSeconds !== undefined || limits.HeartbeatSeconds !== undefined;
  return [
    ...(passesToken ? [] : ['it waits for a token that it hands to nobody']),
    ...(isLimited ? [] : ['it may wait for ever: TimeoutSeconds is missing']),
  ];
}

/** What stands behind States.ALL is never reached. */
function orderProblems({ Retry: retry = [], Catch: catches = [] }: State): string[] {
  const isMisplaced = (handlers: readonly Handler[]): boolean =>
    handlers.some(
      ({ ErrorEquals: errors }, index) =>
        errors.includes('States.ALL') && (errors.length > 1 || index < handlers.length - 1),
    );
  return [
    ...(isMisplaced(retry) ? ['States.ALL does not stand alone and last in Retry'] : []),
    ...(isMisplaced(catches) ? ['States.ALL does not stand alone and last in Catch'] : []),
  ];
}

function textProblems(state: State, assigned: ReadonlySet<string>): string[] {
  const { ItemProcessor: _inner, Branches: _branches, ...own } = state;
  const texts = stringsIn(own);
  const literals = texts.filter((text) => /\barn:(?!aws:states:::)/.test(text) || /\b\d{12}\b/.test(text));
  const unknown = new Set(texts.flatMap(variablesIn).filter((name) => !assigned.has(name)));
  return [
    ...literals.map((text) => `it names a resource or an account: ${text}`),
    ...[...unknown].map((name) => `it uses $${name}, which nothing assigns`),
  ];
}

/** Names of variables in a JSONata text; `$states` is given, `$name(` is a function, `$` is the item at hand. */
function variablesIn(text: string): string[] {
  if (!text.startsWith('{%')) return [];
  const withoutTexts = text.replace(/'[^']*'|"[^"]*"/g, "''");
  const bound = new Set([...withoutTexts.matchAll(/\$(\w+)\s*:=|function\s*\(([^)]*)\)/g)].flatMap(namesBound));
  const used = [...withoutTexts.matchAll(/\$([A-Za-z_]\w*)(?!\w)(?!\s*\()/g)].map(([, name = '']) => name);
  return used.filter((name) => name !== 'states' && !bound.has(name));
}

function namesBound([, variable, parameters = '']: RegExpExecArray): string[] {
  return [variable ?? '', ...parameters.split(',').map((name) => name.trim().replace('$', ''))];
}

/** Each machine sees its own variables and those of the machines around it. */
function assignedIn({ States: states }: Machine): string[] {
  return Object.values(states).flatMap(({ Assign: own, Choices: choices = [], Catch: catches = [] }) =>
    [own, ...choices.map(({ Assign }) => Assign), ...catches.map(({ Assign }) => Assign)].flatMap((assign) =>
      Object.keys(assign ?? {}),
    ),
  );
}

function machinesIn({ ItemProcessor: processor, Branches: branches = [] }: State): readonly Machine[] {
  return processor === undefined ? branches : [processor, ...branches];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
