// What the page's Content-Security-Policy must allow for the sealer: published as src/safehand/seal/data/sealer-policy.json,
// so that whoever serves the page and whoever builds it into one file use the same.

import published from "../../../../src/safehand/seal/data/sealer-policy.json";

/** By directive. */
export const CONTENT_POLICY: Readonly<Record<string, string>> = published.directives;

/** The name of the one policy for Trusted Types. */
export const TRUSTED_TYPES = published.directives["trusted-types"];

/** As it stands in a header: `spellPolicy({ "style-src": "'self'" })`. What is given stands in place of what is published. */
export function spellPolicy(more: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...CONTENT_POLICY, ...more })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
