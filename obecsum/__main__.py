"""``python -m obecsum`` is the command."""

from obecsum.cli.app import main

if __name__ == "__main__":
    main()
