import type { Hire, HireJudgement } from './hire.ts';

/** One line for the channel of the team, from what everybody may know: name, role, day, place. */
export function welcomeText(
  { name, role }: Pick<Hire, 'name' | 'role'>,
  startsOn: string,
  at: HireJudgement['firstDay'],
) {
  const line = `${name} joins us as ${role} on ${startsOn}, ${PLACES[at]}. Say hello!`;
  return line
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, 1_000)
    .toWellFormed();
}

const PLACES: Readonly<Record<HireJudgement['firstDay'], string>> = {
  office: 'first day in the office',
  remote: 'first day from home',
  elsewhere: 'first day on the road',
};

/** Links and addresses: a welcome needs none, so one that has some is not the agent's idea. */
export function addressesIn(text: string): string[] {
  return text.match(/https?:\/\/\S+|\bwww\.\S+|[^\s@]+@[^\s@]+\.[^\s@]+/gi) ?? [];
}
