"""`python -m meridian` is the `meridian` command."""

from meridian.site.cli import main

if __name__ == "__main__":
    main()
