"""How a package comes in: handed in, kept, verified, read."""
