"""Usage: digest.py FOLDER -> SHA-256 over the names and bytes of all files, in order of name."""
import hashlib
import os
import sys

digest = hashlib.sha256()
for folder, folders, files in os.walk(sys.argv[1]):
    folders.sort()
    for name in sorted(files):
        path = os.path.join(folder, name)
        data = open(path, "rb").read()
        digest.update(f"{os.path.relpath(path, sys.argv[1])} {len(data)}\n".encode() + data)
print(digest.hexdigest())
