// Message databases: named, and taken into a package never (src/safehand/sources/databases.py; adr/0009).

const NAME = /(?:^|\/)(?:chat\.db|sms\.db|3d0d7e5fb2ce288813306e4d4636395e047a3d28)(?:-wal)?$/;

/** Whether a file of this name is a message database or the log of one. */
export function isDatabase(name: string): boolean {
  return NAME.test(name);
}
