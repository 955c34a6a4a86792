"""Who is who across articles: names folded, and speakers joined where the evidence holds."""
