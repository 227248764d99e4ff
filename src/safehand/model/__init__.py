"""The ground: frozen values, no I/O.

    conversation ─┬─ participants (accounts, never persons)
                  └─ messages, numbered from 1 in the order they were sent
                        └─ each with the span of bytes it was read from, and its doubts

Everything above speaks in these values. A message that cannot name its bytes cannot be built: ``span`` has no default.
"""
