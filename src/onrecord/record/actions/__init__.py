"""Changes to the record, one function each: page, API and command call the same one.

None asks who may; that is the caller's part. Each runs in one transaction, keeps its log and brings search up to date.
"""
