/** A number that the sum rests on, and where it is from. */
export interface Assumption {
  readonly value: number;
  /** Where it is from, in words: measured on so many cases, said by the builder, assumed, given. */
  readonly from: string;
}

/** Everything that the sum rests on. Shares are 0 to 1, money is in US dollars, a month has 52 / 12 weeks. */
export interface RoiInput {
  readonly casesPerMonth: Assumption;
  /** What a case took by hand before. */
  readonly minutesByHand: Assumption;
  /** Of all cases: how many still go to a person. */
  readonly askedShare: Assumption;
  /** What a person spends on a question. */
  readonly minutesPerQuestion: Assumption;
  /** Of all cases: what is decided alone and wrong, and has to be put right. */
  readonly reworkShare: Assumption;
  readonly minutesPerRework: Assumption;
  readonly usdPerHour: Assumption;
  readonly modelUsdPerCase: Assumption;
  readonly awsUsdPerCase: Assumption;
  /** Whatever the number of cases. */
  readonly awsUsdPerMonth: Assumption;
  /** Once: people's time to build it. */
  readonly buildUsd: Assumption;
  /** People's time to look after it. */
  readonly careUsdPerMonth: Assumption;
}

export interface Roi {
  /** By hand, and what still takes people. */
  readonly hoursBefore: number;
  readonly hoursOfQuestions: number;
  readonly hoursOfRework: number;
  readonly hoursSaved: number;
  readonly savedUsd: number;
  readonly modelUsd: number;
  readonly awsUsd: number;
  readonly careUsd: number;
  /** Per month: time saved less what runs and what is looked after. */
  readonly netUsd: number;
  /** Months until the building is earned back; null: never. */
  readonly payBackMonths: number | null;
  readonly firstYearUsd: number;
  /** Cases a month from which it earns more than it costs to run; null: at no number. */
  readonly breakEvenCases: number | null;
  /** All costs and all people's time of one case, the building aside. */
  readonly usdPerCase: number;
}

const MINUTES = 60;

/**
 * What the article computes, (hours saved × hourly rate) − (building + running), by the month. What people still spend on
 * questions, and on what was decided wrongly, is taken off the hours saved.
 */
export function roiOf(input: RoiInput): Roi {
  const cases = input.casesPerMonth.value;
  const perHour = input.usdPerHour.value;
  const hours = (share: number, minutes: number): number => (cases * share * minutes) / MINUTES;
  const hoursBefore = hours(1, input.minutesByHand.value);
  const hoursOfQuestions = hours(input.askedShare.value, input.minutesPerQuestion.value);
  const hoursOfRework = hours(input.reworkShare.value, input.minutesPerRework.value);
  const hoursSaved = hoursBefore - hoursOfQuestions - hoursOfRework;
  const modelUsd = cases * input.modelUsdPerCase.value;
  const awsUsd = cases * input.awsUsdPerCase.value + input.awsUsdPerMonth.value;
  const careUsd = input.careUsdPerMonth.value;
  const savedUsd = hoursSaved * perHour;
  const netUsd = savedUsd - modelUsd - awsUsd - careUsd;
  const fixed = input.awsUsdPerMonth.value + careUsd;
  const perCase = cases === 0 ? 0 : (netUsd + fixed) / cases;
  return {
    ...{ hoursBefore, hoursOfQuestions, hoursOfRework, hoursSaved, savedUsd, modelUsd, awsUsd, careUsd, netUsd },
    payBackMonths: netUsd > 0 ? input.buildUsd.value / netUsd : null,
    firstYearUsd: 12 * netUsd - input.buildUsd.value,
    breakEvenCases: perCase > 0 ? Math.ceil(fixed / perCase) : null,
    usdPerCase: cases === 0 ? 0 : (modelUsd + awsUsd + careUsd + (hoursOfQuestions + hoursOfRework) * perHour) / cases,
  };
}
