"""Accuracy, speed and memory, one module each: ``python -m bench.NAME`` prints its table, ``python -m bench`` all.

The corpora (setting ``data``) may be missing: what can be measured on the sample pages then is, and says so.
"""
