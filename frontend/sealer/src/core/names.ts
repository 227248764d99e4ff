// Names of files as text, and their bytes beside it where the text is not all of them (statement.md, Names).

import { hex, utf8 } from "./octets.ts";

export interface Name {
  readonly text: string;
  /** The bytes in hexadecimal, where the text is not exactly them. */
  readonly raw: string | null;
}

// Code page 437 from 0x80 on.
const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Valid UTF-8 is read as such whatever flags say; all else as code page 437. `windows`: "\" stands between folders. */
export function readableName(bytes: Uint8Array, windows = false): Name {
  let text: string;
  let exact = true;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    text = Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP437.charAt(byte - 0x80))).join("");
    exact = false;
  }
  let shown = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
  if (windows) shown = shown.replaceAll("\\", "/");
  return { text: shown, raw: exact && shown === text ? null : hex(bytes) };
}

/** The name of a file as the browser gives it. Its bytes are its UTF-8: what else the disk had is not told. */
export function nameOfText(text: string): Name {
  return readableName(utf8(text));
}

/** A name without its folders. */
export function lastPart(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? "";
}
