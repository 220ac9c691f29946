"""Where is the proof kept, and is it still the same?

`store` keeps files under the digest of their content, `inspection` says whether a file may come
in, `derivatives` makes the copies that people look at, `keeping` finds what was lost or altered.
Nothing here knows of assessments, people or a database.
"""
