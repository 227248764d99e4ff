import "./core/canonical.ts";
