// A recipe of tests/vectors/sealer: files, answers, clock, machine and seed; and the package that the core makes of it.

import { createHash } from "node:crypto";
import { packagePieces, prepare } from "../src/core/seal.ts";
import { type DeskPublic, type Handed, SealerError, type ToSeal } from "../src/core/types.ts";
import { answersOf, type RawAnswers } from "./raw_answers.ts";

export interface Part {
  readonly text?: string;
  readonly base64?: string;
  readonly hex?: string;
  readonly times?: number;
}

export interface RecipeFile {
  readonly path: string;
  readonly modified?: string;
  readonly parts: readonly Part[];
}

export interface Recipe {
  readonly about: string;
  readonly files: readonly RecipeFile[];
  readonly answers: RawAnswers;
  readonly clock: string;
  readonly machine: { readonly system: string; readonly zone: string | null; readonly tool: string; readonly version: string };
  readonly seed: string;
  readonly verdict: Verdict;
}

export interface Verdict {
  readonly error?: string;
  readonly statement?: string;
  readonly tar_sha256?: string;
  readonly tar_size?: number;
  readonly members?: readonly { readonly name: string; readonly sha256: string; readonly size: number }[];
}

const MODIFIED = "2026-11-20T18:04:11Z";

export function bytesOf(parts: readonly Part[]): Uint8Array {
  return Buffer.concat(
    parts.map(({ text, base64, hex, times }) => {
      if (base64 !== undefined) return Buffer.from(base64, "base64");
      if (hex !== undefined) return Buffer.from(hex.repeat(times ?? 1), "hex");
      return Buffer.from((text ?? "").repeat(times ?? 1), "utf8");
    }),
  );
}

export function handedOf({ path, modified, parts }: RecipeFile): Handed {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const file = new File([bytesOf(parts) as Uint8Array<ArrayBuffer>], name, { lastModified: Date.parse(modified ?? MODIFIED) });
  return { file, path };
}

const NOBODY: DeskPublic = { unit: "", created: "", signingKey: "", desk: "", recovery: "", fingerprint: "" };

export function toSeal(recipe: Omit<Recipe, "verdict" | "about">, files: readonly Handed[]): ToSeal {
  const { system, zone, tool, version } = recipe.machine;
  return {
    files,
    answers: answersOf(recipe.answers),
    to: NOBODY,
    sealed: { utc: recipe.clock, system, zone, tool: { name: tool, version } },
    holderKey: Buffer.from(recipe.seed, "hex"),
  };
}

/** What the core makes of a recipe: the tar's hash, and each member's with its header and padding; or the error. */
export async function verdictOf(recipe: Omit<Recipe, "verdict" | "about">, files: readonly Handed[]): Promise<Verdict> {
  try {
    const given = toSeal(recipe, files);
    const prepared = await prepare(given);
    const tar = createHash("sha256");
    const members: { name: string; sha256: string; size: number }[] = [];
    let size = 0;
    let own = createHash("sha256");
    let left = 0;
    for await (const piece of packagePieces(prepared, given.holderKey as Uint8Array, () => undefined)) {
      tar.update(piece);
      size += piece.length;
      if (left === 0 && piece.length === 512 && piece[0] !== 0) {
        const header = Buffer.from(piece);
        const length = Number.parseInt(header.toString("latin1", 124, 135), 8);
        members.push({ name: header.toString("latin1", 0, 100).replace(/\0.*$/, ""), sha256: "", size: length });
        own = createHash("sha256");
        left = 512 + length + ((512 - (length % 512)) % 512);
      }
      if (left === 0) continue;
      own.update(piece);
      left -= piece.length;
      if (left === 0) members.push({ ...(members.pop() as { name: string; sha256: string; size: number }), sha256: own.digest("hex") });
    }
    return { statement: Buffer.from(prepared.composed.statement).toString("utf8"), tar_sha256: tar.digest("hex"), tar_size: size, members };
  } catch (err) {
    if (err instanceof SealerError) return { error: err.code };
    throw err;
  }
}
