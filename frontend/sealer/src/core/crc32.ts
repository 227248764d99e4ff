// CRC-32 as ZIP has it [4.4.7], eight bytes at a time.

const TABLES = makeTables();

function makeTables(): Uint32Array[] {
  const first = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
    first[byte] = crc;
  }
  const tables = [first];
  for (let level = 1; level < 8; level++) {
    const before = tables[level - 1] as Uint32Array;
    tables.push(before.map((crc) => (first[crc & 255] as number) ^ (crc >>> 8)));
  }
  return tables;
}

/** The CRC-32 of what came before (`crc`) and `data`. */
export function crc32(data: Uint8Array, crc = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let value = ~crc;
  let at = 0;
  const at8 = (table: Uint32Array, index: number) => table[index] as number;
  for (const stop = data.length - 7; at < stop; at += 8) {
    const low = value ^ ((data[at] as number) | ((data[at + 1] as number) << 8) | ((data[at + 2] as number) << 16) | ((data[at + 3] as number) << 24));
    value =
      at8(t7, low & 255) ^
      at8(t6, (low >>> 8) & 255) ^
      at8(t5, (low >>> 16) & 255) ^
      at8(t4, low >>> 24) ^
      at8(t3, data[at + 4] as number) ^
      at8(t2, data[at + 5] as number) ^
      at8(t1, data[at + 6] as number) ^
      at8(t0, data[at + 7] as number);
  }
  for (; at < data.length; at++) value = (value >>> 8) ^ at8(t0, (value ^ (data[at] as number)) & 255);
  return ~value >>> 0;
}

/** As the statement spells it. */
export function spellCrc32(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
