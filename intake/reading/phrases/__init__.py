"""What people and mail programs write around the words that matter, by language.

Tables only. To teach Deskwatch a language add its words to each table of each file here, and
its answers to ``tests/intake/reading/languages.txt``. Case and the form of apostrophes do not
matter.
"""
