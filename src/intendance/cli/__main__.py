"""``python -m intendance.cli`` is the command ``intendance``."""

from intendance.cli import main

if __name__ == "__main__":
    main()
