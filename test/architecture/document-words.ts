import { isCode, type ProjectFile } from './repository.ts';
import { matches, type Violation } from './violation.ts';

/** A kind of name that documents use, and where the names that exist stand. */
interface Kind {
  readonly what: string;
  /** The first group is the name. */
  readonly inDocuments: RegExp;
  readonly known: (name: string, project: Project) => boolean;
}

interface Project {
  readonly commands: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly context: ReadonlySet<string>;
  /** Paths of calls, each placeholder as `{}`. */
  readonly routes: ReadonlySet<string>;
}

const VARIABLE = /\b(REMIT_[A-Z_]+)\b/g;
const CONTEXT = /\bremit:([a-z]+(?:[A-Z][a-z]+)+)\b/g;
/** A key of the schema by which a deployment's settings are read. */
const CONTEXT_KEY = /^ {2}(\w+): z\./gm;
const CONTEXT_FILE = 'infra/settings.ts';
const ROUTE = /[`'" ](\/(?:_local|api|hooks)(?:\/[\w{}.$<>-]+)*)/g;
const KINDS: readonly Kind[] = [
  {
    what: 'the command npm run ',
    inDocuments: /\bnpm run ([a-z][a-z:-]*)/g,
    known: (name, { commands }) => commands.has(name),
  },
  { what: 'the variable ', inDocuments: VARIABLE, known: (name, { variables }) => variables.has(name) },
  { what: 'the setting remit:', inDocuments: CONTEXT, known: (name, { context }) => context.has(name) },
  {
    what: 'the call ',
    inDocuments: ROUTE,
    known: (name, { routes }) => routes.has(plain(name)) || plain(name) === '/_local',
  },
];

/** Commands, variables, settings and calls that a document names and that no code of the project knows. */
export function documentWordViolations(files: readonly ProjectFile[]): Violation[] {
  const project = projectOf(files);
  return files
    .filter(({ path }) => path.endsWith('.md') && path !== 'CHANGELOG.md')
    .flatMap(({ path, text }) =>
      KINDS.flatMap(({ what, inDocuments, known }) =>
        [...matches(text, inDocuments)].flatMap(({ found, line }) =>
          known(found, project)
            ? []
            : [
                {
                  file: path,
                  line,
                  problem: `it names ${what}${found}, which does not exist`,
                  fix: 'name what is there now, or take it out',
                },
              ],
        ),
      ),
    );
}

function projectOf(files: readonly ProjectFile[]): Project {
  const code = files.filter((file) => isCode(file) && !file.path.endsWith('.test.ts'));
  const named = (pattern: RegExp, from: readonly ProjectFile[] = code): string[] =>
    from.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  const ofContext = files.filter(({ path }) => path === CONTEXT_FILE);
  return {
    commands: new Set(commandsIn(files)),
    variables: new Set(named(VARIABLE)),
    context: new Set(named(CONTEXT_KEY, ofContext)),
    routes: new Set(named(ROUTE).map(plain)),
  };
}

function commandsIn(files: readonly ProjectFile[]): string[] {
  const { scripts = {} } = JSON.parse(files.find(({ path }) => path === 'package.json')?.text ?? '{}');
  return Object.keys(scripts);
}

function plain(route: string): string {
  return route.replace(/\$?\{[^}]*\}|<[^>]*>/g, '{}').replace(/[/.]+$/, '');
}

/** Settings of a deployment of which no document says what they are for. */
export function untoldSettings(files: readonly ProjectFile[]): Violation[] {
  const documents = files.filter(({ path }) => path.endsWith('.md')).map(({ text }) => text);
  return files
    .filter(({ path }) => path === CONTEXT_FILE)
    .flatMap(({ path, text }) =>
      [...matches(text, CONTEXT_KEY)]
        .filter(({ found }) => !documents.some((document) => document.includes(`remit:${found}`)))
        .map(({ found, line }) => ({
          file: path,
          line,
          problem: `no document names remit:${found}`,
          fix: 'say in README.md what it is for',
        })),
    );
}
