"""The pages a holder sees, one file or two for each part of the way."""
