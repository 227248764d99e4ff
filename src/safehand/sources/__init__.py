"""Platform files in, the model out.

``SOURCES`` is the table of every platform we read; nothing is found by importing it.

The contract each source keeps is contract.py; how bytes are accounted for is accounting.py; a ZIP is opened only
through archive.py; recognise.py asks each row of the table whose file this is.
"""
