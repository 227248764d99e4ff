"""Points to prove: the elements of offences, and what officers found for each, both ways."""
