"""The command line: results on stdout, talk on stderr, exit codes that scripts can rely on.

    safehand read chat.txt --json-lines | head -1

Begin with main.py: the table of commands, and what becomes of an error. Every command stands in a file of its own;
what it says, and to whom, goes through say.py. The promises are docs/guides/command-line.md and tests/scripts/.
"""
