"""report of obecsum."""
