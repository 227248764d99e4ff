"""The package: a bag of the source files as they were, a signed statement, encrypted to the desk."""
