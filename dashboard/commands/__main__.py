"""The same command where the project is not installed: `python -m dashboard.commands`."""

from dashboard.commands import main

if __name__ == "__main__":
    main()
