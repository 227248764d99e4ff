"""How long a case is kept, what holds it, and how it is erased."""
