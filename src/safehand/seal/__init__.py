"""The package: one file that only the desk can open, and that proves itself once open.

    FILE.safehand                 age, to the desk's key and to its recovery key
    └─ tar, nothing random in it
       ├─ bag/                    a BagIt 1.0 bag
       │  ├─ statement.json       what the holder states, and what is in data/: canonical JSON
       │  └─ data/0001.txt …      the source files' text
       └─ signature/              SSHSIG of statement.json, by a key made for the occasion

    write.py      seal()                                 encrypt.py + age_child.py   age, in a process of its own
    open.py       verify_package(), unseal_package()     verify.py                   the steps, without I/O
    answers.py    what the holder answers                questions.py                what is asked
    statement.py  what is signed                         bag.py, tar.py              the files around it, byte for byte
    embedded.py   pictures inside text, and how they are left out

The format is docs/spec/package.md and docs/spec/statement.md, written so that a second sealer can make the same bytes.
"""
