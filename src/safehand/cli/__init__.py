"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on."""
