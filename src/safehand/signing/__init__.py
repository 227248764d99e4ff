"""Keys, and what is signed with them.

keys.py          a desk's keys: age and OpenSSH files as their own tools write them, and desk.pub for holders
holder.py        the key a holder signs with, made for the occasion
sshsig.py        a signature that ``ssh-keygen -Y verify`` checks
trust.py         the allowed_signers file: which key may sign what
age_identity.py  the age key file, bech32.py its spelling
fingerprint.py   a desk's keys in 20 characters, to be read over the phone
"""
