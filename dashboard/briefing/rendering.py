"""Draws charts in a process of its own, run as a script: the renderer lets nobody else work while
it does. It is told the folders of fonts and the charts, and answers with a line a picture."""

import base64
import json
import sys

import vl_convert


def main() -> None:
    """Draw what standard input asks for, a PNG in base64 a line."""
    asked = json.load(sys.stdin)
    for folder in asked["fonts"]:
        vl_convert.register_font_directory(folder)
    for chart in asked["charts"]:
        image = vl_convert.vegalite_to_png(chart, scale=asked["scale"])
        print(base64.b64encode(image).decode("ascii"), flush=True)


if __name__ == "__main__":
    main()
