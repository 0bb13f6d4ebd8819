"""`python -m bench`."""

if __name__ == "__main__":
    # Imported here: the measuring processes import this module again, and must stay as small as what they measure.
    from bench.cli import main

    main()
