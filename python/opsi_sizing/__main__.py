"""The command line: `opsi-sizing`, or `python -m opsi_sizing`."""

from __future__ import annotations

import os
import signal
import sys

from . import _core


def main() -> int:
    """Runs the command line with this process's arguments, in this process; gives its exit code."""
    # As of any program: Ctrl-C and a closed pipe end it at once.
    for name in ("SIGINT", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    return _core.run_command_line([os.fsencode(each) for each in sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
