// The tar inside a package: POSIX ustar, every field fixed but name, size and time (package.md, The tar).

import { ascii } from "./octets.ts";

export const BLOCK = 512;
export const END: Uint8Array = new Uint8Array(2 * BLOCK);
const LONGEST_NAME = 100;
const OCTAL_LIMIT = 8 ** 11;

/** The 512 bytes before a file. `time` is in seconds since 1970. */
export function formatHeader(name: string, size: number, time: number): Uint8Array {
  if (name === "" || name.length > LONGEST_NAME) throw new RangeError("the name does not fit a tar header");
  const block = new Uint8Array(BLOCK);
  block.set(ascii(name), 0);
  block.set(ascii("0000644\0" + "0000000\0".repeat(2)), 100);
  block.set(number(size), 124);
  block.set(number(time), 136);
  block.set(ascii("        0"), 148); // the checksum counts itself as spaces
  block.set(ascii("ustar\u000000"), 257);
  block.set(ascii("0000000\0".repeat(2)), 329);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.set(ascii(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return block;
}

/** The NULs behind `size` bytes of data. */
export function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Eleven octal digits; from 8 GiB on in base 256, as GNU tar, bsdtar and 7-Zip read it. */
function number(value: number): Uint8Array {
  if (value < OCTAL_LIMIT) return ascii(`${value.toString(8).padStart(11, "0")}\0`);
  const field = new Uint8Array(12);
  let left = value;
  for (let place = 11; place > 0; place--) {
    field[place] = left % 256;
    left = Math.floor(left / 256);
  }
  field[0] = 0x80;
  return field;
}
