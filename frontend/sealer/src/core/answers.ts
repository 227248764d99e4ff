// What the holder answers, in the one spelling that the statement has (statement.md, Questions).

import { isWellFormed, type Json } from "./canonical.ts";
import { lengthOf } from "./octets.ts";
import { DONT_KNOW_WORDS, GROUPS, NOT_SAID_WORDS, QUESTIONS } from "./questions.ts";
import { type Answer, type Answers, type Question, SealerError } from "./types.ts";

export const LONGEST_TEXT = 4000;
const YEARS = [1970, 2199] as const;

/** The choice that says "I would rather not say" where a question offers it: then there is no other spelling of it. */
const OWN_NOT_SAID = "rather_not_say";

/** Blanks as Python's str.strip takes them off; JavaScript's trim differs in six characters. */
const BLANKS = "[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const AROUND = new RegExp(`^${BLANKS}|${BLANKS}$`, "g");

/** A text without the blanks around it. */
export function stripped(text: string): string {
  return text.replace(AROUND, "");
}

/** What was typed or chosen, as an Answer. SealerError says what the question takes, and never quotes the answer. */
export function readAnswer(asked: Question, raw: string | boolean): Answer {
  const text = typeof raw === "string" ? stripped(raw.replaceAll("\r\n", "\n")) : raw;
  const word = typeof text === "string" ? plainWord(text) : "";
  if (DONT_KNOW_WORDS.includes(word)) return { answer: "dont_know" };
  if (NOT_SAID_WORDS.includes(word)) {
    const own = asked.choices.some((choice) => choice.id === OWN_NOT_SAID);
    return own ? { answer: "given", value: OWN_NOT_SAID } : { answer: "not_said" };
  }
  switch (asked.kind) {
    case "yes_no":
      return { answer: yesOrNo(asked, text) };
    case "text":
      return { answer: "given", value: readText(text, asked.id) };
    case "when":
      return { answer: "given", value: readWhen(text, asked.id) };
    case "choice":
      return { answer: "given", value: readChoice(asked, text) };
  }
}

/** What was typed, in lower case, with a straight apostrophe, without blanks around and without a full stop. */
export function plainWord(text: string): string {
  return stripped(text).toLowerCase().replaceAll("\u2019", "'").replace(/\.+$/, "");
}

function yesOrNo(asked: Question, raw: string | boolean): "yes" | "no" {
  const word = typeof raw === "boolean" ? (raw ? "yes" : "no") : raw.toLowerCase();
  if (word === "yes" || word === "y") return "yes";
  if (word === "no" || word === "n") return "no";
  throw wrongAnswer(asked.id, "It takes yes, no, \"I don't know\" or \"I would rather not say\".");
}

function readChoice(asked: Question, raw: string | boolean): string {
  const word = String(raw).toLowerCase();
  const found = asked.choices.find((choice) => word === choice.id || word === choice.words.toLowerCase());
  if (found === undefined)
    throw wrongAnswer(asked.id, `It takes one of: ${asked.choices.map((choice) => choice.id).join(", ")}; or "I don't know" or "I would rather not say".`);
  return found.id;
}

/** A text of at most LONGEST_TEXT characters, without control characters but line ends and tabs. */
export function readText(raw: unknown, key: string): string {
  if (typeof raw !== "string" || raw === "" || lengthOf(raw) > LONGEST_TEXT)
    throw wrongAnswer(key, `It takes a text of 1 to ${LONGEST_TEXT} characters.`);
  if (/[\u0000-\u0008\u000b-\u001f]/.test(raw) || !isWellFormed(raw)) throw wrongAnswer(key, "It holds a control character.");
  return raw;
}

const WHEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:(Z)|([+-])(\d{2}):(\d{2}))?)?$/;

/** A date or a date and time in its one spelling: "2026-11-24", "2026-11-24T15:30:00", with Z or an offset if given. */
export function readWhen(raw: unknown, key: string): string {
  const found = typeof raw === "string" ? WHEN.exec(raw) : null;
  if (found === null) throw wrongAnswer(key, "It takes a date, or a date and a time: 2026-11-24 or 2026-11-24T15:30.");
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const offset = Number(found[9] ?? 0) * 60 + Number(found[10] ?? 0);
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59 || offset >= 24 * 60)
    throw wrongAnswer(key, "There is no such date or time.");
  if (year < YEARS[0] || year > YEARS[1]) throw wrongAnswer(key, `Its year is not from ${YEARS[0]} to ${YEARS[1]}.`);
  const date = `${found[1]}-${found[2]}-${found[3]}`;
  if (found[4] === undefined) return date;
  return `${date}T${found[4]}:${found[5]}:${found[6] ?? "00"}${spellOffset(found[7] ?? found[8], offset)}`;
}

function spellOffset(sign: string | undefined, minutes: number): string {
  if (sign === undefined) return "";
  if (sign === "Z" || minutes === 0) return "Z";
  const two = (value: number) => String(value).padStart(2, "0");
  return `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number);
}

export function wrongAnswer(key: string, todo: string): SealerError {
  return new SealerError("usage", `The answer to ${key} cannot be read.`, "answers", todo);
}

/** The answer; "not_asked" where an earlier answer made the question idle; null while it is unanswered. */
export function answerTo(answers: Answers, asked: Question): Answer | { readonly answer: "not_asked" } | null {
  return answers.given[asked.id] ?? (isIdle(asked, (id) => answers.given[id]) ? { answer: "not_asked" } : null);
}

/** Is a question not asked, after what was answered to the one that it hangs on? */
export function isIdle(asked: Question, given: (id: string) => Answer | undefined): boolean {
  const earlier = asked.unlessYes === null ? undefined : given(asked.unlessYes);
  return isIdleAfterNo(asked, given) || (earlier !== undefined && earlier.answer !== "yes");
}

/** Forms 1 to 3 of the statement know no other reason. */
function isIdleAfterNo(asked: Question, given: (id: string) => Answer | undefined): boolean {
  return asked.unlessNo !== null && given(asked.unlessNo)?.answer === "no";
}

/** Is there an answer, or a period as readPeriods() gives it, that forms 1 to 3 have no place for? */
export function areOfForm4(answers: Answers): boolean {
  if ((answers.operatorPeriods ?? []).some(({ from, to }) => from === "dont_know" || to === "dont_know")) return true;
  return QUESTIONS.some((asked) => {
    const answer = answerTo(answers, asked)?.answer;
    return answer === "not_said" || (answer === "not_asked" && !isIdleAfterNo(asked, (id) => answers.given[id]));
  });
}

/** Every question that is asked and has no answer yet, in the order they are asked. */
export function unanswered(answers: Answers): readonly Question[] {
  return QUESTIONS.filter((asked) => answerTo(answers, asked) === null);
}

/** The same answers, with "I don't know" to every question that has none: those too that hang on a "yes". */
export function dontKnowTheRest(answers: Answers): Answers {
  const given: Record<string, Answer> = { ...answers.given };
  for (const asked of QUESTIONS) if (!isIdleAfterNo(asked, (id) => given[id])) given[asked.id] ??= { answer: "dont_know" };
  return { ...answers, given };
}

/** The answers as they stand in the statement, by group. SealerError while a question is unanswered. */
export function answersValue(answers: Answers): { readonly [group: string]: Json } {
  const open = unanswered(answers);
  if (open.length > 0)
    throw new SealerError("usage", `${open.length} questions are unanswered: ${open.map((asked) => asked.id).join(", ")}.`, "", '"I don\'t know" is an answer.');
  const unknown = Object.keys(answers.given).filter((id) => !QUESTIONS.some((asked) => asked.id === id));
  if (unknown.length > 0) throw new SealerError("usage", `No question is called ${unknown.join(", ")}.`, "answers");
  const groups: Record<string, Record<string, Json>> = Object.fromEntries(GROUPS.map(({ id }) => [id, {}]));
  for (const asked of QUESTIONS) (groups[asked.group] as Record<string, Json>)[asked.name] = answerValue(asked, answers);
  return groups;
}

function answerValue(asked: Question, answers: Answers): Json {
  const found = answerTo(answers, asked) as Answer | { readonly answer: "not_asked" };
  if (found.answer === "dont_know" || found.answer === "not_said" || found.answer === "not_asked") return { answer: found.answer };
  // What came from a page is read once more: one answer, one spelling.
  const again = readAnswer(asked, found.answer === "given" ? found.value : found.answer);
  return again.answer === "given" ? { answer: "given", value: again.value } : { answer: again.answer };
}
