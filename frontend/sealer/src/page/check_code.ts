// Check codes as docs/spec/handover.md has them: read as people write them, a slip caught before the node is asked.
//
//   readCheckCode("k7qm 2d9x tr4b 08hn")     "K7QM2D9XTR4B08HN", or null
//   grouped("K7QM2D9XTR4B08HN")              "K7QM-2D9X-TR4B-08HN"

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FIELD = 0b100101; // x^5 + x^2 + 1
const BETWEEN = /[\s\-‐‑‒–—_.]/g;

/** The 16 characters of a code, or null where it is none, or has a slip in it. */
export function readCheckCode(written: string): string | null {
  const code = written.replace(BETWEEN, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  const values = [...code].map((character) => ALPHABET.indexOf(character));
  if (values.length !== 16 || values.includes(-1)) return null;
  let sum = 0;
  let weight = 1;
  for (const value of values.slice(0, 15)) {
    weight = times(weight, 2);
    sum ^= times(weight, value);
  }
  return sum === values[15] ? code : null;
}

/** As it is shown and kept: four groups of four. */
export const grouped = (code: string): string => (code.replaceAll("-", "").match(/.{1,4}/g) ?? []).join("-");

/** In GF(32). */
function times(a: number, b: number): number {
  let product = 0;
  for (let left = b, double = a; left > 0; left >>= 1) {
    if (left & 1) product ^= double;
    double <<= 1;
    if (double & 32) double ^= FIELD;
  }
  return product;
}
