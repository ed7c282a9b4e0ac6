"""Draws charts in a process of its own, run as a script: the renderer lets nobody else work while
it does. Its arguments are the folders of fonts; it answers with a line a picture."""

import base64
import json
import sys

import vl_convert

FIRST = {"mark": "point", "data": {"values": []}}
"""Drawing anything makes the renderer ready, which takes longer than a chart."""


def main() -> None:
    """Draw what standard input asks for, a PNG in base64 a line."""
    for folder in sys.argv[1:]:
        vl_convert.register_font_directory(folder)
    vl_convert.vegalite_to_png(FIRST)
    asked = json.load(sys.stdin)
    for chart in asked["charts"]:
        image = vl_convert.vegalite_to_png(chart, scale=asked["scale"])
        print(base64.b64encode(image).decode("ascii"), flush=True)


if __name__ == "__main__":
    main()
