"""The record: articles, statements and people, kept, searched, corrected and exported. A Django app."""
