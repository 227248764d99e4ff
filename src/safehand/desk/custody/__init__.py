"""The custody log and the evidence store: what was done, and the packages as they came."""
