"""Case files: one encrypted SQLite file per set of conversations, derived from a package and rebuilt at will.

    build(path, key, events, files, accounts)        package → case file, under a temporary name, then renamed
    with open_casefile(path, key) as casefile:
        casefile.day_page(1, 5000)                   whole days around message 5000 of conversation 1
    indicators_of_rule(casefile, "age_stated")       what rules point to, in reading order
    search(casefile, '"seed potatoes" allot*')       in the order it was written, with spans to mark

Begin with schema.py (what is stored), then build.py, read.py, search.py. The format is docs/spec/casefile.md.
"""
