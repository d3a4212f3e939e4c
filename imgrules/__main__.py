"""`python -m imgrules` is the command line."""

from imgrules.cli.main import run

if __name__ == "__main__":
    run()
