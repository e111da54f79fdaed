/** What is wrong with a file, and in which line it began. */
class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

const LONGEST_FIELD = 100_000;

/**
 * Reads CSV (RFC 4180, lines ended by LF or CRLF, a byte order mark at most) piece by piece, and gives each row as soon
 * as it is whole, as an object by the names of the first row. Whoever stops asking stops the reading.
 * @throws CsvError for an open quotation, text after a closing one, a row of another length or a name given twice.
 */
export async function* csvRows(
  pieces: AsyncIterable<string> | Iterable<string>,
  { separator = ',' }: { readonly separator?: ',' | ';' | '\t' } = {},
): AsyncGenerator<Readonly<Record<string, string>>> {
  let names: readonly string[] | null = null;
  for await (const { line, fields } of records(pieces, separator)) {
    if (names === null) {
      names = namesIn(fields, line);
      continue;
    }
    if (fields.length !== names.length) {
      throw new CsvError(line, `it has ${fields.length} fields, the first line has ${names.length}`);
    }
    // A prototype of its own: a column may be called anything.
    const row: Record<string, string> = Object.create(null);
    for (const [index, name] of names.entries()) row[name] = fields[index] ?? '';
    yield row;
  }
}

function namesIn(fields: readonly string[], line: number): readonly string[] {
  const names = fields.map((field) => field.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new CsvError(line, `the column ${twice} is there twice`);
  return names;
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

async function* records(
  pieces: AsyncIterable<string> | Iterable<string>,
  separator: string,
): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader(separator);
  for await (const piece of pieces) yield* reader.take(piece);
  yield* reader.end();
}

type Where = 'start' | 'plain' | 'quoted' | 'after-quote';

/** One character at a time: a piece may end anywhere. */
class RecordReader {
  readonly #separator: string;
  #where: Where = 'start';
  #field = '';
  #fields: string[] = [];
  #line = 1;
  #beganAt = 1;
  #isFirst = true;
  #afterReturn = false;

  constructor(separator: string) {
    this.#separator = separator;
  }

  *take(piece: string): Generator<CsvRecord> {
    for (const character of piece) {
      const isMark = this.#isFirst && character === '\uFEFF';
      this.#isFirst = false;
      if (isMark) continue;
      if (this.#where === 'quoted') this.#takeQuoted(character);
      else if (character === '\r') this.#afterReturn = true;
      else yield* this.#takePlain(character);
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#where === 'quoted') throw new CsvError(this.#beganAt, 'a quotation is not closed');
    if (this.#where !== 'start' || this.#fields.length > 0) yield this.#endRecord();
  }

  #takeQuoted(character: string): void {
    if (character === '"') {
      this.#where = 'after-quote';
      return;
    }
    if (character === '\n') this.#line += 1;
    this.#append(character);
  }

  *#takePlain(character: string): Generator<CsvRecord> {
    if (character === '\n') {
      this.#line += 1;
      // An empty line is no row.
      if (this.#where !== 'start' || this.#fields.length > 0) yield this.#endRecord();
      this.#beganAt = this.#line;
      this.#afterReturn = false;
      return;
    }
    if (this.#afterReturn) throw new CsvError(this.#line, 'a carriage return stands alone');
    if (character === this.#separator) {
      this.#endField();
      return;
    }
    this.#takeInField(character);
  }

  #takeInField(character: string): void {
    if (character === '"' && this.#where === 'start') this.#where = 'quoted';
    else if (character === '"' && this.#where === 'after-quote') {
      this.#append('"');
      this.#where = 'quoted';
    } else if (this.#where === 'after-quote') {
      throw new CsvError(this.#line, 'text follows a closed quotation');
    } else {
      this.#where = 'plain';
      this.#append(character);
    }
  }

  #append(character: string): void {
    this.#field += character;
    if (this.#field.length > LONGEST_FIELD) throw new CsvError(this.#beganAt, 'a field is too long');
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#where = 'start';
  }

  #endRecord(): CsvRecord {
    this.#endField();
    const fields = this.#fields;
    this.#fields = [];
    return { line: this.#beganAt, fields };
  }
}
