import { BroughtText, Json, Trigger } from '../../contracts/index.ts';
import { queueText } from '../queue-text.ts';
import { withoutLinesOf } from './erased-lines.ts';
import { finderOf } from './named.ts';

export interface ErasedLetter {
  /** Of the trigger that it is; null where it is none. */
  readonly workflow: string | null;
  /** What of it is not the person's, as it lies on the queue; null where all of it is. */
  readonly left: string | null;
}

/**
 * What becomes of a letter that speaks of somebody: of a file of many lines the others stay, all else goes as a whole. Null
 * where it does not speak of them. What the platform wrote of its own, such as the workflow, speaks of nobody.
 * @param name as `subjectName` writes it
 */
export function withoutPerson(letter: string, name: string): ErasedLetter | null {
  const finder = finderOf([name]);
  const read = readJson(letter);
  const trigger = Trigger.safeParse(read);
  if (!trigger.success) return finder.inValue(read ?? letter) ? { workflow: null, left: null } : null;
  const { workflow, body, eventId } = trigger.data;
  const source = BroughtText.shape.source.safeParse(body);
  if (!source.success) return finder.inValue([eventId, body]) ? { workflow, left: null } : null;
  const { file, lines } = withoutLinesOf(source.data.file, [name]);
  if (lines === 0 && !finder.inValue([eventId, source.data.file])) return null;
  // It stands elsewhere in it than in a line: what it is known by, or its heading.
  if (file === '' || finder.inValue([eventId, file])) return { workflow, left: null };
  return { workflow, left: queueText({ ...trigger.data, body: { file } }) };
}

function readJson(text: string): Json | null {
  try {
    return Json.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
