import { BroughtText, Json, Trigger } from '../../contracts/index.ts';
import { valuesAt } from '../masking.ts';
import { queueText } from '../queue-text.ts';
import { withoutLinesOf } from './erased-lines.ts';
import { isNamed } from './subjects.ts';

export interface ErasedLetter {
  /** Of the trigger that it is; null where it is none. */
  readonly workflow: string | null;
  /** What of it is not the person's, as it lies on the queue; null where all of it is. */
  readonly left: string | null;
}

/**
 * What becomes of a letter that speaks of somebody: of a file of many lines the others stay, all else goes as a whole. Null
 * where it does not speak of them.
 * @param name as `subjectName` writes it
 */
export function withoutPerson(letter: string, name: string): ErasedLetter | null {
  const read = readJson(letter);
  const texts = read === null ? [] : valuesAt(read, []);
  if (![letter, ...texts].some((text) => isNamed(text, name))) return null;
  const trigger = Trigger.safeParse(read);
  if (!trigger.success) return { workflow: null, left: null };
  const { workflow, body } = trigger.data;
  const source = BroughtText.shape.source.safeParse(body);
  if (!source.success) return { workflow, left: null };
  const { file, lines } = withoutLinesOf(source.data.file, [name]);
  // It stands elsewhere in it than in a line.
  if (lines === 0 || file === '') return { workflow, left: null };
  return { workflow, left: queueText({ ...trigger.data, body: { file } }) };
}

function readJson(text: string): Json | null {
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
