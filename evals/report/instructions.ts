/** Paragraphs and list items of the instructions that name something, each whole and without its list sign. */
export function paragraphsAbout(instructions: string, name: string): string[] {
  return instructions
    .split(/\n\s*\n|\n(?=[-*] )/)
    .filter((part) => part.includes(name))
    .map((part) =>
      part
        .replace(/^[-*] /, '')
        .replaceAll('**', '')
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
    );
}
