// Answers as a recipe of tests/vectors/sealer has them: as they were typed.

import { answerTo, dontKnowTheRest, readAnswer } from "../src/core/answers.ts";
import { QUESTIONS, questionOf } from "../src/core/questions.ts";
import { type Answer, type Answers, type Exclude, SealerError, type StateTable } from "../src/core/types.ts";

export interface RawAnswers {
  readonly given?: Readonly<Record<string, string | boolean>>;
  readonly operator_periods?: readonly { account: string; who: string; from?: string; to?: string }[];
  readonly exclusions?: readonly { file: string; reason: string; first_line?: number; last_line?: number }[];
  readonly tables?: readonly { file: string; columns: StateTable["columns"]; time_format: string; delimiter?: StateTable["delimiter"] }[];
  /** Every other question is answered "I don't know": all of them, unless this is false; "asked": those that are asked. */
  readonly rest?: boolean | "asked";
}

export function answersOf({ given = {}, operator_periods = [], exclusions = [], tables = [], rest = true }: RawAnswers): Answers {
  const read: Record<string, Answer> = {};
  for (const [id, raw] of Object.entries(given)) {
    const asked = questionOf(id);
    if (asked === undefined) throw new SealerError("usage", "No such question.");
    read[id] = readAnswer(asked, raw);
  }
  const stated: Answers = {
    given: read,
    operatorPeriods: operator_periods.map(({ account, who, from, to }) => ({ account, who, from: from ?? null, to: to ?? null })),
    exclusions: exclusions.map(({ file, reason, first_line, last_line }): Exclude => ({
      file,
      reason,
      ...(first_line === undefined ? {} : { firstLine: first_line }),
      ...(last_line === undefined ? {} : { lastLine: last_line }),
    })),
    tables: tables.map(({ file, columns, time_format, delimiter }): StateTable => ({
      file,
      columns,
      timeFormat: time_format,
      ...(delimiter === undefined ? {} : { delimiter }),
    })),
  };
  if (rest === "asked") return dontKnowWhatIsAsked(stated);
  return rest ? dontKnowTheRest(stated) : stated;
}

/** As somebody who goes through the questions one by one, and knows nothing more. */
function dontKnowWhatIsAsked(stated: Answers): Answers {
  const given: Record<string, Answer> = { ...stated.given };
  for (const asked of QUESTIONS) if (answerTo({ given }, asked) === null) given[asked.id] = { answer: "dont_know" };
  return { ...stated, given };
}
