"""Mail that lies in files: found, split, dated, and handed to the store like any other.

found.py     what is found: messages, and what is in the way
mbox.py      the messages of an mbox, whatever wrote it
dates.py     when a message arrived, as far as its file tells
sources.py   files, folders and archives
importer.py  from messages to the ledger, once each
"""
