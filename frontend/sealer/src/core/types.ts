// What the page and the core agree on. The core has no DOM; the page asks it through a worker (sealer.ts).
//
//   const sealer = startSealer(workerAddress);
//   for await (const row of sealer.examine(files, signal)) …          what will be sealed, what is listed only
//   const receipt = await sealer.seal({ files, answers, to, sealed }, sink, (done, total) => …, signal);
//
// The sink gets FILE.safehand piece by piece, and waits where it must: nothing is held whole. The bag is the one that
// `safehand seal` makes of the same files, answers, clock and machine (docs/spec/package.md, statement.md).

/** A file that was handed over. `path` is its place in a folder that was handed over, with the folder's own name. */
export interface Handed {
  readonly file: File;
  /** "Allotment/inbox/message_1.json"; left out, it is the file's webkitRelativePath, and else the file stands alone. */
  readonly path?: string;
}

/** What becomes of one file, or of one member of a ZIP. */
export interface Row {
  /** As the statement will name it, with "/" between folders. May hold anything but control characters: show it as text. */
  readonly name: string;
  /** Bytes; null where nobody said. */
  readonly size: number | null;
  /** text: it will be sealed. listed: named in the statement, never opened. refused: its name would have let it be read. */
  readonly what: "text" | "listed" | "refused";
  readonly type: FileType;
  /** Of "refused": a sentence that says why. Of "text": a doubt, where its archive says otherwise. */
  readonly why?: string;
  /** The name of the ZIP it stands in. */
  readonly container?: string;
}

export type FileType = "image" | "video" | "audio" | "document" | "contact" | "archive" | "text" | "other";

/** One answer. "not_said": the holder would rather not say. "not_asked" is never given: it follows from an earlier answer. */
export type Answer =
  | { readonly answer: "yes" | "no" | "dont_know" | "not_said" }
  | { readonly answer: "given"; readonly value: string };

/** What was answered so far, by question id: "urgent.child_in_danger". readAnswer() makes an Answer of what was typed. */
export interface Answers {
  readonly given: Readonly<Record<string, Answer>>;
  readonly operatorPeriods?: readonly OperatorPeriod[];
  readonly exclusions?: readonly Exclude[];
  readonly tables?: readonly StateTable[];
}

/**
 * Who typed on an account, when. Dates as readWhen() spells them; null is the first, or the last message; "dont_know" is a
 * beginning or an end that the holder does not know.
 */
export interface OperatorPeriod {
  readonly account: string;
  readonly who: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What the holder leaves out: lines, counted from 1, or the whole file. */
export interface Exclude {
  /** The name of the row, or its last part when that is enough to tell. */
  readonly file: string;
  readonly reason: string;
  readonly firstLine?: number;
  readonly lastLine?: number;
}

/** Which column of a table is what: counted from 1. */
export interface StateTable {
  readonly file: string;
  readonly columns: {
    readonly time: number;
    readonly sender: number;
    readonly text: number;
    readonly conversation?: number;
    readonly id?: number;
    readonly recipient?: number;
  };
  readonly timeFormat: string;
  readonly delimiter?: "comma" | "semicolon" | "tab" | "pipe";
}

/** A question, as src/safehand/seal/data/questions.json has it. */
export interface Question {
  /** "urgent.meeting_when" */
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly kind: "yes_no" | "text" | "when" | "choice";
  readonly ask: string;
  readonly choices: readonly Choice[];
  /** The id of the question whose "no" makes this one idle. */
  readonly unlessNo: string | null;
  /** The id of the question whose every answer but "yes" makes this one idle. */
  readonly unlessYes: string | null;
}

export interface Choice {
  readonly id: string;
  readonly words: string;
}

/** desk.pub, read (docs/spec/package.md). */
export interface DeskPublic {
  readonly unit: string;
  readonly created: string;
  readonly signingKey: string;
  readonly desk: string;
  readonly recovery: string;
  /** To be read over the phone. */
  readonly fingerprint: string;
}

/** The clock and the machine. Handed in, so that the same values give the same bytes. */
export interface SealedAt {
  /** "2026-11-22T12:00:00Z": whole seconds. */
  readonly utc: string;
  /** The machine's IANA zone as the browser names it, or null. */
  readonly zone: string | null;
  /** The operating system and the browser, in a few words: "Android 15, Chrome 131". */
  readonly system: string;
  /** Left out, it is this sealer with its version. */
  readonly tool?: { readonly name: string; readonly version: string };
}

/** All that is sealed, and for whom. */
export interface ToSeal {
  readonly files: readonly Handed[];
  readonly answers: Answers;
  readonly to: DeskPublic;
  readonly sealed: SealedAt;
  /** 32 bytes: the private half of the holder's Ed25519 key. Left out, a new one is made for the occasion. */
  readonly holderKey?: Uint8Array;
}

/** The receipt's fields (docs/spec/package.md, The receipt). formatReceipt() gives the file. */
export interface Receipt {
  readonly schema: "safehand.receipt/1";
  readonly package_sha256: string;
  readonly statement_sha256: string;
  readonly sealed: string;
  readonly holder_key: string;
}

/** Bytes done and bytes there are. Both passes over the files count. */
export type Progress = (done: number, total: number) => void;

export interface Sealer {
  /** Every file and every member, in the order they stand. Throws SealerError when a ZIP is refused as a whole. */
  examine(files: readonly Handed[], signal: AbortSignal): AsyncIterable<Row>;
  /** Seals. On an error, or when `signal` aborts, the sink is aborted, and nothing that was written counts. */
  seal(given: ToSeal, sink: WritableStream<Uint8Array>, progress: Progress, signal: AbortSignal): Promise<Receipt>;
}

export type ErrorCode =
  | "usage"
  | "cannot_read"
  | "not_recognised"
  | "archive_refused"
  | "cannot_write"
  | "needs_shell"
  | "changed"
  | "unexpected";

/** What was found, where, and what to do next. Holds no message text and no name of a person; `where` may be a file's name. */
export class SealerError extends Error {
  override readonly name = "SealerError";
  constructor(
    readonly code: ErrorCode,
    readonly found: string,
    readonly where = "",
    readonly todo = "",
  ) {
    super(`${where ? `${where}: ` : ""}${found}${todo ? ` ${todo}` : ""}`);
  }
}
