"""The `meridian` command, also as `python -m meridian`."""

import sys

INTERRUPTED = 130  # what a shell says of a command that Ctrl-C ended


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback, even while it is still being loaded."""
    try:
        if sys.argv[1:] in ([], ["-h"], ["--help"]):
            # Who only asks what there is doesn't wait for all of it to be loaded.
            from meridian.site.overview import overview  # noqa: PLC0415

            overview()()
        # Loading takes half a second, in which a person may well change their mind.
        from meridian.site import cli  # noqa: PLC0415

        cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
