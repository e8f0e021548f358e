"""evaluate of obecsum."""
