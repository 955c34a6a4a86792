"""Staff pages: review, people, pages in, feeds, topics, outlets, tokens. Buttons work without JavaScript."""
