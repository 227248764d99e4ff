// Limits on what an archive or a folder may ask of us: those of src/safehand/sources/limits.py, with its reasons.

export const MAX_MEMBERS = 100_000;
export const MAX_DIRECTORY = 64 * 2 ** 20;
export const MAX_MEMBER = 2 * 2 ** 30;
export const MAX_TOTAL = 20 * 2 ** 30;
export const MAX_RATIO = 200;
export const RATIO_FROM = 10 * 2 ** 20;
export const LONGEST_NAME = 4096;
