/** Which of a text's formats are asked for by a method of it, as in `z.string().uuid()`, and not by `z.uuid()`. */
export type IsAsked = (format: string) => boolean;

/**
 * Every Zod schema can write itself as JSON Schema, so every bundle holds the writer. The functions that need it call
 * `z.toJSONSchema`, which brings its own table of writers and takes that where a schema has none.
 *
 * A text has a method for each format that there is, from `email` to `cidrv6`, and brings all of them along. Those that
 * nobody calls are left out.
 * @throws Error when Zod's source has changed.
 */
export function leanZod(source: string, isAsked: IsAsked): string {
  const parts = [WRITER_OF_A_TYPE, STANDARD_WRITER, METHOD];
  const lean = parts.reduce((text, part) => {
    if (text.search(part) === -1)
      throw new Error(`Zod no longer has the code that the build leaves out: ${part.source}`);
    return text.replace(part, '');
  }, source);
  if (!FORMAT.test(lean)) throw new Error('Zod no longer has the methods for formats of a text');
  return lean.replace(new RegExp(FORMAT, 'gm'), (method, format: string) => (isAsked(format) ? method : ''));
}

/** The formats that a program asks for by a method. Too many rather than too few: any method of such a name counts. */
export function askedFormats(program: string): ReadonlySet<string> {
  const joined = program.replace(/\s*\.\s*/g, '.');
  return new Set([...joined.matchAll(/(?<!\bz)(?<!\bz\.iso)\.(\w+)\(/g)].map(([, name]) => name ?? ''));
}

const WRITER_OF_A_TYPE = /^ *inst\._zod\.processJSONSchema = \(ctx, json, params\) => .*;\n/gm;
const STANDARD_WRITER =
  /^ *jsonSchema: \{\n.*createStandardJSONSchemaMethod.*\n.*createStandardJSONSchemaMethod.*\n *\},\n/m;
const METHOD = /^ *toJSONSchema\(params\) \{\n.*\n *\},\n/m;
const FORMAT = /^ {4}(\w+)\(params\) \{\n {8}return this\.check\(core\._\w+\(Zod\w+, params\)\);\n {4}\},?\n/m;
