"""The inbox, handing in, and how far a package is."""
