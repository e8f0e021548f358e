"""Reading feeds into releases and writing what came of them."""
