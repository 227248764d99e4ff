// Where the sealed file gathers: in blobs, which a browser may keep on disk. Sealed bytes only; nothing plain comes here.

const PIECE = 8 * 2 ** 20;

export class PackageSink {
  private readonly pieces: Blob[] = [];
  private waiting: Uint8Array<ArrayBuffer>[] = [];
  private held = 0;

  readonly stream = new WritableStream<Uint8Array>({
    write: (chunk) => this.take(chunk),
    close: () => this.pack(),
    abort: () => this.drop(),
  });

  /** The whole of it, once the stream is closed. */
  blob(): Blob {
    return new Blob(this.pieces, { type: "application/octet-stream" });
  }

  private take(chunk: Uint8Array): void {
    this.waiting.push(new Uint8Array(chunk));
    this.held += chunk.byteLength;
    if (this.held >= PIECE) this.pack();
  }

  private pack(): void {
    if (this.held > 0) this.pieces.push(new Blob(this.waiting));
    this.waiting = [];
    this.held = 0;
  }

  private drop(): void {
    this.pieces.length = 0;
    this.waiting = [];
    this.held = 0;
  }
}
