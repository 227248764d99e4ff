// The core, as the page sees it. Sealing itself is asked of a worker: sealer.ts.

export { answerTo, dontKnowTheRest, LONGEST_TEXT, readAnswer, readText, readWhen, unanswered } from "./answers.ts";
export { parseDeskPublic } from "./desk_public.ts";
export { readPeriods } from "./periods.ts";
export { CONTENT_POLICY, spellPolicy, TRUSTED_TYPES } from "./policy.ts";
export { DONT_KNOW_WORDS, GROUPS, QUESTIONS, questionOf, WHO_TYPED } from "./questions.ts";
export { formatReceipt } from "./receipt.ts";
export { supported } from "./supported.ts";
export * from "./types.ts";
