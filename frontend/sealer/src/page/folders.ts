// A folder that was dropped or chosen: all that is in it, each file with its place, as the shell takes a folder.
//
// Nothing is opened here. A browser names the files of a folder; which of them are read is decided in the core.

import { MAX_MEMBERS } from "../core/limits.ts";
import type { Handed } from "../core/types.ts";

/** One thing that a holder adds: a file, or a folder with what is in it. */
export interface Chosen {
  readonly name: string;
  readonly isFolder: boolean;
  readonly handed: readonly Handed[];
  /** The browser would not tell what is in it. */
  readonly unread?: true;
}

/** What of a folder is asked for is all of it: readEntries gives a hundred at a time, and none at the end. */
interface Entry {
  readonly isDirectory: boolean;
  readonly name: string;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): { readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void };
}

/** What was dropped. Read at once: after the event, a browser tells no more of it. */
export function dropped(transfer: DataTransfer): Promise<readonly Chosen[]> {
  // An old browser knows no entries: what it gives of a folder is a file that cannot be read, and the page says so.
  const entries = [...transfer.items].map((item) => (item.webkitGetAsEntry?.() ?? null) as Entry | null);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory === true)) return Promise.resolve(files.map(single));
  return Promise.all(
    entries
      .filter((entry) => entry !== null)
      .map((entry) => chosenOf(entry).catch(() => ({ name: entry.name, isFolder: entry.isDirectory, handed: [], unread: true as const }))),
  );
}

/** What was chosen with an input for folders: by the name of each folder. */
export function inFolders(files: readonly File[]): readonly Chosen[] {
  const folders = new Map<string, Handed[]>();
  for (const file of files) {
    const path = file.webkitRelativePath || file.name;
    const name = path.split("/")[0] ?? path;
    folders.set(name, [...(folders.get(name) ?? []), { file, path }]);
  }
  return [...folders].map(([name, handed]) => ({ name, isFolder: true, handed }));
}

export const single = (file: File): Chosen => ({ name: file.name, isFolder: false, handed: [{ file }] });

/** Were the very same files added before? */
export function isSame(one: readonly Handed[], other: readonly Handed[]): boolean {
  const told = ({ file, path }: Handed): string => JSON.stringify([path ?? file.name, file.size, file.lastModified]);
  const known = new Set(one.map(told));
  return one.length === other.length && other.every((handed) => known.has(told(handed)));
}

async function chosenOf(entry: Entry): Promise<Chosen> {
  if (!entry.isDirectory) return single(await fileOf(entry));
  const handed: Handed[] = [];
  const waiting: [Entry, string][] = [[entry, entry.name]];
  for (let next = waiting.pop(); next !== undefined && handed.length <= MAX_MEMBERS; next = waiting.pop()) {
    const [found, path] = next;
    if (!found.isDirectory) handed.push({ file: await fileOf(found), path });
    else for (const inside of await entriesOf(found)) waiting.push([inside, `${path}/${inside.name}`]);
  }
  return { name: entry.name, isFolder: true, handed };
}

const fileOf = (entry: Entry): Promise<File> =>
  new Promise((done, failed) => (entry.file === undefined ? failed(new TypeError("this is no file")) : entry.file(done, failed)));

async function entriesOf(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader?.();
  if (reader === undefined) throw new TypeError("this browser has no reader of folders");
  const found: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return found;
    found.push(...some);
  }
}
