"""Everything that changes a reply, one function for page, import and job alike: permission is checked by the caller."""
