"""Reading what came in. Nothing is shown before the custody log says who looked."""
