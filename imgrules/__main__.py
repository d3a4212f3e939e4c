"""`python -m imgrules` is the command line."""

import sys

from imgrules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
