"""`python -m pyengine` is the command `pyengine`."""

from pyengine.cli import main

if __name__ == "__main__":
    main(prog_name="pyengine")
