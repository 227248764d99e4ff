// What the page and the worker say to each other.

import type { Handed, Receipt, Row, ToSeal } from "./core/types.ts";

export type Ask =
  | { readonly kind: "examine"; readonly id: number; readonly files: readonly Handed[] }
  | { readonly kind: "seal"; readonly id: number; readonly given: ToSeal }
  /** The sink has taken the last piece. */
  | { readonly kind: "taken"; readonly id: number }
  | { readonly kind: "stop"; readonly id: number };

export type Tell =
  | { readonly kind: "rows"; readonly id: number; readonly rows: readonly Row[] }
  | { readonly kind: "piece"; readonly id: number; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: "progress"; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: "end"; readonly id: number; readonly receipt: Receipt | null }
  | { readonly kind: "failed"; readonly id: number; readonly error: Failure };

export interface Failure {
  readonly code: string;
  readonly found: string;
  readonly where: string;
  readonly todo: string;
}
