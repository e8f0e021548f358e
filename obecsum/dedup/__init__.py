"""dedup of obecsum."""
