// DEFLATE (RFC 1951) of damaged data: everything that can be unpacked before the place where it is broken.
//
// The browser's own DecompressionStream unpacks what is whole, and fast. Of what is broken it gives back as much as its
// maker chose, which differs. Here the rule is that of statement.md, Items: symbols count whose last bit stands in a byte
// before the one that completes the first impossible symbol. Slow, and used for nothing else.

export class CarefulInflate {
  /** The packed data ended as they should. */
  ended = false;
  /** They are impossible from here on. */
  broken = false;

  private input = new Uint8Array(0);
  private bit = 0;
  private more = true;
  private window = new Uint8Array(WINDOW);
  private written = 0;
  private out: number[] = [];
  private byteOfLast = -1;
  private outBeforeByte = 0;
  private dropped = 0;
  private state: "block" | "symbols" | "stored" = "block";
  private lastBlock = false;
  private stored = 0;
  private lengths: Code = FIXED_LENGTHS;
  private distances: Code = FIXED_DISTANCES;

  /** What comes out of the next packed bytes; `more`: others follow. */
  push(packed: Uint8Array, more: boolean): Uint8Array {
    const left = this.input.subarray(this.bit >> 3);
    this.dropped += this.bit >> 3;
    this.bit &= 7;
    const next = new Uint8Array(left.length + packed.length);
    next.set(left);
    next.set(packed, left.length);
    this.input = next;
    this.more = more;
    this.out = [];
    this.outBeforeByte = 0;
    this.byteOfLast = -1;
    while (!this.ended && !this.broken) {
      const before = this.bit;
      try {
        this.step();
      } catch (stopped) {
        if (stopped === NEEDS_MORE) {
          this.bit = before;
          break;
        }
        if (stopped !== IMPOSSIBLE) throw stopped;
        this.broken = true;
        // All that was completed by the byte in which the impossible became plain does not count.
        if (this.lastByte() === this.byteOfLast) this.out.length = this.outBeforeByte;
      }
    }
    return Uint8Array.from(this.out);
  }

  /** Whether bytes of a symbol that was begun wait for more. */
  get isCut(): boolean {
    return !this.ended && !this.broken && !this.more;
  }

  private step(): void {
    if (this.state === "block") return this.header();
    if (this.state === "stored") return this.copyStored();
    const symbol = this.decode(this.lengths);
    if (symbol < 256) return this.put([symbol]);
    if (symbol === 256) {
      this.endBlock();
      return;
    }
    const [base, extra] = LENGTHS[symbol - 257] ?? impossible();
    const length = base + this.bits(extra);
    const place = this.decode(this.distances);
    const [near, wide] = DISTANCES[place] ?? impossible();
    const distance = near + this.bits(wide);
    if (distance > this.written) impossible();
    this.putCopy(length, distance);
  }

  private header(): void {
    const last = this.bits(1) === 1;
    const kind = this.bits(2);
    if (kind === 3) impossible();
    if (kind === 0) {
      this.bit = (this.bit + 7) & ~7;
      const length = this.bits(16);
      if ((this.bits(16) ^ 0xffff) !== length) impossible();
      this.stored = length;
      this.state = "stored";
    } else {
      [this.lengths, this.distances] = kind === 1 ? [FIXED_LENGTHS, FIXED_DISTANCES] : this.codes();
      this.state = "symbols";
    }
    this.lastBlock = last;
    if (kind === 0 && this.stored === 0) this.endBlock();
  }

  private codes(): [Code, Code] {
    const counts = [this.bits(5) + 257, this.bits(5) + 1] as const;
    const orders = this.bits(4) + 4;
    if (counts[0] > 286 || counts[1] > 30) impossible();
    const own = new Array<number>(19).fill(0);
    for (let place = 0; place < orders; place++) own[ORDER[place] as number] = this.bits(3);
    const code = codeOf(own, "complete") ?? impossible();
    const found: number[] = [];
    const all = counts[0] + counts[1];
    while (found.length < all) {
      const symbol = this.decode(code);
      if (symbol < 16) {
        found.push(symbol);
        continue;
      }
      if (symbol === 16 && found.length === 0) {
        // zlib takes the two bits before it says that there is nothing to repeat
        this.bits(2);
        impossible();
      }
      const value = symbol === 16 ? (found.at(-1) as number) : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      if (found.length + times > all) impossible();
      for (let count = 0; count < times; count++) found.push(value);
    }
    if (found[256] === 0) impossible();
    const lengths = codeOf(found.slice(0, counts[0]), "one") ?? impossible();
    const distances = codeOf(found.slice(counts[0]), "one") ?? impossible();
    return [lengths, distances];
  }

  private copyStored(): void {
    const at = this.bit >> 3;
    const size = Math.min(this.stored, this.input.length - at);
    if (size === 0) throw NEEDS_MORE;
    for (let place = at; place < at + size; place++) {
      this.bit += 8;
      this.put([this.input[place] as number]);
    }
    this.stored -= size;
    if (this.stored === 0) this.endBlock();
  }

  private endBlock(): void {
    this.state = "block";
    this.ended = this.lastBlock;
  }

  private decode(code: Code): number {
    let value = 1;
    for (let length = 1; length <= 15; length++) {
      value = (value << 1) | this.bits(1);
      const symbol = code.get(value);
      if (symbol !== undefined) return symbol >= 0 ? symbol : impossible();
    }
    return impossible();
  }

  private bits(count: number): number {
    let value = 0;
    for (let place = 0; place < count; place++) {
      const byte = this.input[this.bit >> 3];
      if (byte === undefined) throw NEEDS_MORE;
      value |= ((byte >> (this.bit & 7)) & 1) << place;
      this.bit++;
    }
    return value;
  }

  /** In which byte, counted from the first packed one, the last bit that was taken stands. */
  private lastByte(): number {
    return this.dropped + ((this.bit - 1) >> 3);
  }

  private put(bytes: readonly number[]): void {
    const byte = this.lastByte();
    if (byte !== this.byteOfLast) {
      this.byteOfLast = byte;
      this.outBeforeByte = this.out.length;
    }
    for (const value of bytes) {
      this.out.push(value);
      this.window[this.written % WINDOW] = value;
      this.written++;
    }
  }

  private putCopy(length: number, distance: number): void {
    const bytes: number[] = [];
    for (let count = 0; count < length; count++) {
      const from = this.written + (count % distance) - distance;
      bytes.push(this.window[from % WINDOW] as number);
    }
    this.put(bytes);
  }
}

/** Symbols by their bits, with a 1 before them. A symbol of -1 is impossible. */
type Code = ReadonlyMap<number, number>;

const WINDOW = 1 << 15;
const NEEDS_MORE = new Error("more packed bytes are needed");
const IMPOSSIBLE = new Error("no packed data look like this");

function impossible(): never {
  throw IMPOSSIBLE;
}

/** The code of these lengths (RFC 1951 §3.2.2); null for one that zlib refuses. "one": a single symbol of one bit will do. */
function codeOf(lengths: readonly number[], kind: "complete" | "one"): Code | null {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) (counts[length] as number)++;
  const longest = counts.findLastIndex((count, length) => length > 0 && count > 0);
  if (longest <= 0) {
    // None at all. Whatever comes is impossible; but zlib reads the lengths of a code that has no code as zeros.
    const symbol = kind === "complete" ? 0 : -1;
    return new Map([[2, symbol], [3, symbol]]);
  }
  let left = 1;
  const next = [0, 0];
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - (counts[length] as number);
    if (left < 0) return null;
    next[length + 1] = ((next[length] as number) + (counts[length] as number)) << 1;
  }
  if (left > 0 && (kind === "complete" || longest !== 1)) return null;
  const code = new Map<number, number>();
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    code.set((1 << length) | (next[length] as number), symbol);
    (next[length] as number)++;
  });
  if (left > 0) code.set(3, -1);
  return code;
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Where each length begins, and how many bits more it has (RFC 1951 §3.2.5). */
const LENGTHS: readonly (readonly [number, number])[] = [
  ...[3, 4, 5, 6, 7, 8, 9, 10].map((base) => [base, 0] as const),
  ...[11, 13, 15, 17].map((base) => [base, 1] as const),
  ...[19, 23, 27, 31].map((base) => [base, 2] as const),
  ...[35, 43, 51, 59].map((base) => [base, 3] as const),
  ...[67, 83, 99, 115].map((base) => [base, 4] as const),
  ...[131, 163, 195, 227].map((base) => [base, 5] as const),
  [258, 0],
];

const DISTANCES: readonly (readonly [number, number])[] = Array.from({ length: 30 }, (_, code) => {
  const wide = Math.max(0, (code >> 1) - 1);
  return [code < 4 ? code + 1 : 1 + ((2 + (code & 1)) << wide), wide] as const;
});

const FIXED_LENGTHS: Code = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  "complete",
) as Code;
const FIXED_DISTANCES: Code = codeOf(new Array<number>(32).fill(5), "complete") as Code;
