"""The custody log as a Merkle tree that outsiders can check: hashes, proofs, checkpoints, witnesses.

    commitment (what a leaf is)
    hashes · tree (roots and proofs, made) · check (proofs, checked) · tiles (the tree as files) · tiled (its nodes)
    growing (from one checkpoint to the next) · tile_folder (a log as files in a folder) · audit, differences
    vkey · note (signed text) · checkpoint · proof_file (an offline receipt) · policy (whom to believe)
    witness, witness_request · split_view (evidence of a fork)

Pure but for tile_folder: nothing else here reads a file, a clock or a database. Where tiles are kept is an interface of
one method (tiled.Tiles). The format is docs/spec/log.md; the rules are RFC 6962 section 2.1, RFC 9162 section 2.1, and
the C2SP specification that each file names.
"""
