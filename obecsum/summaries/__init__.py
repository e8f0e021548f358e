"""summaries of obecsum."""
