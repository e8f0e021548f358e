"""training of obecsum."""
