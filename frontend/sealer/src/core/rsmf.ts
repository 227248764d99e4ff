// Mails of RSMF's are told, and not opened here (adr/0010): the shell opens what is attached to them.

import type { Exact } from "./octets.ts";
import { ending } from "./text_members.ts";

const HEAD = 64 * 1024;

/** Whether a file that stands by itself is a mail with the field X-RSMF-Version. */
export async function isRsmfMail(name: string, file: Exact): Promise<boolean> {
  if (!["rsmf", "eml"].includes(ending(name))) return false;
  const head = new TextDecoder("windows-1252").decode(await file.readAt(0, HEAD));
  const end = /\r?\n(?=\r?\n)/.exec(head);
  return end !== null && /^x-rsmf-version[ \t]*:/im.test(head.slice(0, end.index + end[0].length));
}
