"""Draw charts in a process of their own, since the renderer blocks every other thread.

Run as a script: the arguments are the folders of fonts, the output is a line for each picture.
"""

import base64
import json
import sys

import vl_convert

FIRST = {"mark": "point", "data": {"values": []}}
"""A chart drawn first to load the renderer, which takes longer than drawing."""


def main() -> None:
    """Draw the charts described on standard input; print each as PNG in base64 on a line."""
    for folder in sys.argv[1:]:
        vl_convert.register_font_directory(folder)
    vl_convert.vegalite_to_png(FIRST)
    asked = json.load(sys.stdin)
    for chart in asked["charts"]:
        image = vl_convert.vegalite_to_png(chart, scale=asked["scale"])
        print(base64.b64encode(image).decode("ascii"), flush=True)


if __name__ == "__main__":
    main()
