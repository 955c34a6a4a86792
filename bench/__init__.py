"""Speed, memory and accuracy, one module each; ``python -m bench [NAME ...]`` prints their tables.

A module has ``run(data: Path) -> Iterator[Table]``; ``data`` is the folder with the corpora, which may be missing: what
can be measured on the sample pages then is, and says so.
"""
