import { fitted } from './fitted.ts';

/** Words for people. At a terminal they are broken to its width; what goes to a file or another program stays line by line. */
export function say(text: string): void {
  console.log(fitted(text, process.stdout.columns));
}
