"""The command line without installation: `python -m dashboard.commands`."""

from dashboard.commands import main

if __name__ == "__main__":
    main()
