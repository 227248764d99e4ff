"""The public node: what a holder sees, and what is kept for the desk. It holds no key that opens anything."""
