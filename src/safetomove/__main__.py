"""The command line: `python -m safetomove` or `safetomove`."""

import gc
import sys

from safetomove.cli import main

if __name__ == "__main__":
    gc.disable()  # one command and then the end: the collector would find nothing, at a price
    sys.exit(main())
