"""feeds of obecsum."""
