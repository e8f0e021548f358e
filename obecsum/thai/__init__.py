"""thai of obecsum."""
