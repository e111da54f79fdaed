/**
 * Every Zod schema can write itself as JSON Schema, so every bundle holds the writer. The functions that need it call
 * `z.toJSONSchema`, which brings its own table of writers and takes that where a schema has none.
 * @throws Error when Zod's source has changed.
 */
export function leanZod(source: string): string {
  const parts = [WRITER_OF_A_TYPE, STANDARD_WRITER, METHOD];
  return parts.reduce((text, part) => {
    if (text.search(part) === -1)
      throw new Error(`Zod no longer has the code that the build leaves out: ${part.source}`);
    return text.replace(part, '');
  }, source);
}

const WRITER_OF_A_TYPE = /^ *inst\._zod\.processJSONSchema = \(ctx, json, params\) => .*;\n/gm;
const STANDARD_WRITER =
  /^ *jsonSchema: \{\n.*createStandardJSONSchemaMethod.*\n.*createStandardJSONSchemaMethod.*\n *\},\n/m;
const METHOD = /^ *toJSONSchema\(params\) \{\n.*\n *\},\n/m;
