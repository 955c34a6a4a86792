"""Replies in from other systems and out again: WordPress (WXR), Disqus XML, Isso, JSON."""
