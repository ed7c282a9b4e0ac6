"""One fault at a time, planted in a copy of the sources: do the tests notice?"""
