"""The custody log as a Merkle tree that outsiders can check: hashes, proofs, checkpoints, witnesses.

    hashes · tree (roots and proofs, made) · check (proofs, checked) · tiles (the tree as files)
    vkey · note (signed text) · checkpoint · proof_file (an offline receipt) · policy (whom to believe)

Pure: nothing here reads a file, a clock or a database. Where hashes are kept is an interface of one method
(tree.Nodes). The rules are RFC 6962 section 2.1, RFC 9162 section 2.1, and the C2SP specification that each file names.
"""
