// What the page's Content-Security-Policy must allow for the sealer, and all it needs: no eval, no WebAssembly, no
// connection. A page adds what it needs itself (styles, its upload) to these directives and to no other.

/** The name of the one policy for Trusted Types: it lets the worker be started, and nothing else. */
export const TRUSTED_TYPES = "safehand-sealer";

/** By directive. `worker-src blob:` is for the page that is one file; one that is served needs 'self' alone. */
export const CONTENT_POLICY: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self' blob:",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": TRUSTED_TYPES,
};

/** As it stands in a header: `spellPolicy({ "style-src": "'self'" })`. What is given stands in place of what is above. */
export function spellPolicy(more: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...CONTENT_POLICY, ...more })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
