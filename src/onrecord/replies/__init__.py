"""Readers' replies: posting, moderation, the filter's place in it, notification, data rights, import and export."""
